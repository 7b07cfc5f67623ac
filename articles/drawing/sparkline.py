"""A sparkline of activity: the dots of the coverage strip, taller where there is more.

One thing in a week is a dot of the strip on the same rule; each further one makes the
dot taller, by no more than the height of a dot, until the fullest week fills the box.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from articles.rules.phrasing import counted, plural

from .timeline import FEWEST_AT_PEAK

HEIGHT = 32.0  # units
DOT = 6.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A step with something in it; x in percent of the width, y and height in units.

    Its middle is at x, and it is as wide as a dot.
    """

    x: float
    y: float
    height: float
    count: int
    is_peak: bool


@dataclass(frozen=True, slots=True)
class Sparkline:
    """A drawing `height` units high, as wide as the page gives it room.

    `label` says in words what it shows. Steps without anything have no bar.
    """

    height: float
    bars: tuple[Bar, ...]
    label: str
    dot: float = DOT  # width of each bar

    @property
    def radius(self) -> float:
        return self.dot / 2


def sparkline(
    counts: Sequence[int], names: Sequence[str], *, noun: str, unit: str
) -> Sparkline:
    """Draw counts of a "story" or an "article" by "week" or "month", earliest first.

    There is at least one step; names are the last days of weeks, or months.
    """
    most = max(counts)
    peak = counts.index(most) if _peaks(counts) else None
    grown = min(DOT, (HEIGHT - DOT) / (most - 1)) if most > 1 else 0.0
    bars = (
        _bar(place / max(len(counts) - 1, 1), count, grown, place == peak)
        for place, count in enumerate(counts)
        if count
    )
    return Sparkline(HEIGHT, tuple(bars), _label(counts, names, noun, unit))


def _peaks(counts: Sequence[int]) -> bool:
    """Whether one step stands out: of those alike none does."""
    most = max(counts)
    return most >= FEWEST_AT_PEAK and counts.count(most) == 1 and sum(counts) > most


def _bar(share: float, count: int, grown: float, is_peak: bool) -> Bar:
    height = round(DOT + grown * (count - 1), 1)
    return Bar(round(share * 100, 1), round(HEIGHT - height, 1), height, count, is_peak)


def _label(counts: Sequence[int], names: Sequence[str], noun: str, unit: str) -> str:
    most, total = max(counts), sum(counts)
    span = f"in the {len(counts)} {plural(unit)} up to {names[-1]}"
    if not total:
        return f"No {plural(noun)} {span}"
    whole = f"{counted(total, noun)} {span}"
    if counts.count(most) > 1:
        return f"{whole}, at most {most:,} per {unit}"
    name = names[counts.index(most)]
    where = f"the week to {name}" if unit == "week" else name
    return f"{whole}, most in {where}: {most:,}"
