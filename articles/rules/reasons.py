"""Reasons in words: what ties two pages, and why a story stands where it stands."""

from __future__ import annotations

from datetime import date

from .dates import day_in_words
from .phrasing import duration
from .score import PER_PROVIDER


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
    """The facts of a tie from a page to another ("it"), the strongest first.

    `lists` is how many further lists name both; `hours` count from the other page.
    """
    facts = []
    if merged:
        facts.append("an editor joined them")
    if same_text:
        facts.append("the same text")
    if names or named:
        facts.append(
            "each names the other as related"
            if names and named
            else "names it as related"
            if names
            else "is named by it as related"
        )
    elif lists:
        facts.append("1 list names both" if lists == 1 else f"{lists} lists name both")
    facts.append(_distance(hours * 60))
    if same_provider:
        facts.append("the same publisher")
    return tuple(facts)


def _distance(minutes: float) -> str:
    if round(minutes) == 0:
        return "at the same minute"
    return f"{duration(abs(minutes))} {'later' if minutes > 0 else 'earlier'}"


def why_here(
    quality: int | None,
    provider_count: int,
    published_on: date,
    *,
    pinned: bool = False,
) -> str:
    """Why a story stands where it stands: the parts of its score, the weightiest first.

    Quality and day are those of its lead.
    """
    if pinned:
        return "an editor pinned it"
    weight = max(quality or 0, 0)
    if provider_count == 1:
        parts = f"one publisher reports it, with quality {weight}"
    elif PER_PROVIDER * (provider_count - 1) > weight:
        parts = (
            f"{provider_count} publishers report it, which counts for more than "
            f"the quality of its lead, {weight}"
        )
    else:
        parts = (
            f"the quality of its lead, {weight}, counts for more than that "
            f"{provider_count} publishers report it"
        )
    day = day_in_words(published_on)
    return f"{parts}; the lead is of {day}, and newer stands before older"
