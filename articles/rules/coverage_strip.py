"""The coverage strip: a story's pages as dots along time, for drawing as SVG."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

ROW = 6  # units from one dot of a pile to the next
COLUMNS = 45  # piles side by side, so that none touch on the narrowest card
SHORTEST = timedelta(days=1)  # an hour must not look like a week
TICKS = 8


@dataclass(frozen=True, slots=True)
class Mark:
    """What is drawn: when a page came out, and what it is to the story."""

    at: datetime
    kind: str  # "lead", "page" or "reprint"


@dataclass(frozen=True, slots=True)
class Dot:
    """One page: x in percent of the strip's width, y in units from its top."""

    x: float
    y: float
    kind: str


@dataclass(frozen=True, slots=True)
class Tick:
    """The beginning of a day; x in percent of the strip's width."""

    x: float
    at: datetime


@dataclass(frozen=True, slots=True)
class Strip:
    """A strip `height` units high, as wide as it is given room.

    `label` says in words what it shows.
    """

    height: int
    dots: tuple[Dot, ...]
    ticks: tuple[Tick, ...]
    label: str


def coverage_strip(
    marks: Sequence[Mark],
    *,
    label: str,
    most: int = 60,
    rows: int = 3,
    zone: tzinfo = UTC,
) -> Strip:
    """Pile marks up along time, earliest at the left, the lead on the ground.

    More than `most` marks are thinned evenly, the lead always kept; a pile
    ends at `rows`. Days begin in `zone`.
    """
    shown = _thinned(sorted(marks, key=lambda mark: (mark.at, mark.kind)), most)
    if not shown:
        return Strip(ROW, (), (), label)
    first = shown[0].at
    span = max(shown[-1].at - first, SHORTEST)
    # The lead comes first, so that its pile stands on it.
    shown.sort(key=lambda mark: mark.kind != "lead")
    piles: Counter[int] = Counter()
    placed: list[tuple[int, int, str]] = []
    for mark in shown:
        column = round((mark.at - first) / span * (COLUMNS - 1))
        if piles[column] < rows:
            placed.append((column, piles[column], mark.kind))
            piles[column] += 1
    height = max(piles.values()) * ROW
    dots = tuple(
        Dot(_percent(column / (COLUMNS - 1)), height - ROW / 2 - level * ROW, kind)
        for column, level, kind in sorted(placed)
    )
    return Strip(height, dots, _ticks(first, span, zone), label)


def _ticks(first: datetime, span: timedelta, zone: tzinfo) -> tuple[Tick, ...]:
    """The beginnings of days within the strip, every second, third ... of many."""
    midnight = first.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    step = span.days // TICKS + 1
    days = (midnight + timedelta(days=day) for day in range(1, span.days + 2, step))
    return tuple(
        Tick(_percent((day - first) / span), day) for day in days if day <= first + span
    )


def _percent(share: float) -> float:
    return round(share * 100, 1)


def _thinned(marks: list[Mark], most: int) -> list[Mark]:
    if len(marks) <= most:
        return marks
    step = len(marks) / most
    kept = {int(place * step) for place in range(most)} | {len(marks) - 1}
    kept |= {place for place, mark in enumerate(marks) if mark.kind == "lead"}
    return [marks[place] for place in sorted(kept)]
