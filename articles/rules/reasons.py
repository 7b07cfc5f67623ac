"""Reasons in words: what ties two articles, and why a story stands where it stands."""

from __future__ import annotations

from datetime import date

from .dates import day_in_words
from .phrasing import counted, duration
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
