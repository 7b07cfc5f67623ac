"""The coverage strip: a story's pages as dots along time, for drawing as SVG."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

COLUMNS = 60  # piles side by side, so that few touch on the narrowest card
SHORTEST = timedelta(days=1)  # an hour must not look like a week
TICKS = 8


@dataclass(frozen=True, slots=True)
class Scale:
    """How large a strip is drawn: dots at most, rows of a pile, units of a row."""

    most: int
    rows: int
    row: int


CARD = Scale(most=60, rows=3, row=6)
TIMELINE = Scale(most=180, rows=12, row=9)


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
    marks: Sequence[Mark], *, label: str, most: int = CARD.most, zone: tzinfo = UTC
) -> Strip:
    """Pile marks up along time, earliest at the left, the lead on the ground.

    More than `most` marks are thinned evenly, the lead always kept; a strip for
    more than a card holds is drawn as a timeline. Days begin in `zone`.
    """
    scale = CARD if most <= CARD.most else TIMELINE
    shown = _thinned(sorted(marks, key=lambda mark: (mark.at, mark.kind)), most)
    if not shown:
        return Strip(scale.row, (), (), label)
    first = shown[0].at
    span = max(shown[-1].at - first, SHORTEST)
    placed = _piled(shown, first, span, scale.rows)
    height = scale.row * (1 + max(level for _, level, _ in placed))
    dots = tuple(
        Dot(
            _percent(column / (COLUMNS - 1)),
            height - scale.row / 2 - level * scale.row,
            kind,
        )
        for column, level, kind in placed
    )
    return Strip(height, dots, _ticks(first, span, zone), label)


def _piled(
    marks: Sequence[Mark], first: datetime, span: timedelta, rows: int
) -> list[tuple[int, int, str]]:
    """Column, level and kind of each mark; what a full pile cannot take slides on."""
    piles: Counter[int] = Counter()
    placed = []
    # The lead comes first, so that its pile stands on it.
    for mark in sorted(marks, key=lambda mark: mark.kind != "lead"):
        column = round((mark.at - first) / span * (COLUMNS - 1))
        while piles[column] >= rows and column < COLUMNS - 1:
            column += 1
        if piles[column] < rows:
            placed.append((column, piles[column], mark.kind))
            piles[column] += 1
    return sorted(placed)


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
