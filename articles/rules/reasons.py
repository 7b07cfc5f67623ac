"""Reasons in words: what ties two articles, and why a story stands where it stands."""

from __future__ import annotations

from datetime import date, datetime

from .dates import day_in_words
from .phrasing import counted, duration, ordinal
from .score import coverage_worth, quality_worth


def tie_facts(
    *,
    names: bool,
    named: bool,
    lists: int,
    hours: float,
    same_text: bool,
    same_provider: bool,
    merged: bool,
) -> tuple[str, ...]:
    """The facts of a tie from an article to another ("it"), the strongest first.

    `lists` is how many further lists name both; `hours` count from the other page.
    """
    facts = []
    if merged:
        facts.append("an editor joined them")
    if same_text:
        facts.append("same text")
    if names or named:
        facts.append(
            "each lists the other as related"
            if names and named
            else "lists it as related"
            if names
            else "listed by it as related"
        )
    elif lists:
        facts.append(f"together in {counted(lists, 'related list')}")
    facts.append(_distance(hours * 60))
    if same_provider:
        facts.append("same publisher")
    return tuple(facts)


def _distance(minutes: float) -> str:
    if round(minutes) == 0:
        return "published in the same minute"
    return f"published {duration(abs(minutes))} {'later' if minutes > 0 else 'earlier'}"


def why_here(
    quality: int | None,
    provider_count: int,
    published_on: date,
    latest_on: date,
    *,
    pinned: bool,
    half_life: float,
) -> str:
    """Why a story stands where it stands in each list of stories, in sentences.

    Quality and `published_on` are those of its lead, `latest_on` is the day of its
    newest article; the half-life is in hours.
    """
    publishers = counted(provider_count, "publisher")
    others = (
        f"Under Latest it goes by its newest article, of {day_in_words(latest_on)}; "
        f"under Most covered by its {publishers}."
    )
    if pinned:
        return f"An editor put it first among top stories. {others}"
    lifts = []
    if provider_count > 1:
        worth = duration(coverage_worth(provider_count) * half_life * 60)
        lifts.append(f"{worth} for its {publishers}")
    if quality_worth(quality):
        worth = duration(quality_worth(quality) * half_life * 60)
        lifts.append(f"{worth} for quality {quality}")
    facts = [f"Its lead article is of {day_in_words(published_on)}"]
    if lifts:
        facts.append(f"among top stories it ranks as if newer by {' and '.join(lifts)}")
    alone = (
        ""
        if provider_count > 1
        else "Stories of two or more publishers stand before it. "
    )
    return f"{'; '.join(facts)}. {alone}{others}"


def why_there(
    place: int | None,
    provider_count: int,
    quality: int | None,
    published_at: datetime,
    newest_at: datetime | None,
    *,
    first: int,
) -> str:
    """Where a story would stand among top stories if it were published, and why.

    The place counts from 1; None is below the `first` ones. Its lead is of
    `published_at`, the newest article that readers have of `newest_at`.
    """
    where = f"{ordinal(place)} of" if place else f"below the first {first} of"
    facts = [counted(provider_count, "publisher"), f"quality {quality or 0}"]
    minutes = (newest_at - published_at).total_seconds() / 60 if newest_at else 0
    if newest_at is None or minutes < 0:
        facts.append("newer than all that readers have")
    else:
        facts.append(f"{duration(minutes)} older than the newest")
    return f"Would stand {where} Top stories: {', '.join(facts)}"
