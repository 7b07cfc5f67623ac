"""The coverage strip: a story's pages as dots along time, for drawing as SVG."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

COLUMNS = 60  # piles side by side, so that few touch on the narrowest card
SHORTEST = timedelta(days=1)  # an hour must not look like a week
MOST = 60  # dots
ROWS = 3  # of a pile
ROW = 6  # units high


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
class Strip:
    """A strip `height` units high, as wide as the page gives it room.

    `label` says in words what it shows.
    """

    height: int
    dots: tuple[Dot, ...]
    label: str


def coverage_strip(marks: Sequence[Mark], *, label: str) -> Strip:
    """Pile marks up along time, the earliest at the left, the lead at the bottom.

    More than `MOST` marks are thinned evenly, the lead always kept.
    """
    shown = _thinned(sorted(marks, key=lambda mark: (mark.at, mark.kind)))
    if not shown:
        return Strip(ROW, (), label)
    first = shown[0].at
    placed = _piled(shown, first, max(shown[-1].at - first, SHORTEST))
    height = ROW * (1 + max(level for _, level, _ in placed))
    dots = tuple(
        Dot(
            round(column / (COLUMNS - 1) * 100, 1),
            height - ROW / 2 - level * ROW,
            kind,
        )
        for column, level, kind in placed
    )
    return Strip(height, dots, label)


def _piled(
    marks: Sequence[Mark], first: datetime, span: timedelta
) -> list[tuple[int, int, str]]:
    """Column, level and kind of each mark; what a full pile cannot take slides on."""
    piles: Counter[int] = Counter()
    placed = []
    # The lead comes first, so that its pile stands on it.
    for mark in sorted(marks, key=lambda mark: mark.kind != "lead"):
        column = round((mark.at - first) / span * (COLUMNS - 1))
        while piles[column] >= ROWS and column < COLUMNS - 1:
            column += 1
        if piles[column] < ROWS:
            placed.append((column, piles[column], mark.kind))
            piles[column] += 1
    return sorted(placed)


def _thinned(marks: list[Mark]) -> list[Mark]:
    if len(marks) <= MOST:
        return marks
    step = len(marks) / MOST
    kept = {int(place * step) for place in range(MOST)} | {len(marks) - 1}
    kept |= {place for place, mark in enumerate(marks) if mark.kind == "lead"}
    return [marks[place] for place in sorted(kept)]
