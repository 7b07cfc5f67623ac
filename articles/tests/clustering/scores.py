"""Figures of a partition against labels, as the project's scorer counts them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple


class Scores(NamedTuple):
    """F1 scores, and events of two or more pages that are a story exactly."""

    bcubed: float
    multi: float  # B-cubed over pages whose event has two or more
    pairwise: float
    exact: int
    events: int


def scores(event: Mapping[str, str], stories: Iterable[Iterable[str]]) -> Scores:
    """Compare stories with the event of each labelled page; others are ignored."""
    story = {k: str(n) for n, one in enumerate(stories) for k in one if k in event}
    cell = Counter((event[key], story[key]) for key in event)
    events, found = Counter(event.values()), Counter(story.values())
    several = {c: n for c, n in cell.items() if events[c[0]] > 1}
    true = sum(map(_pairs, cell.values()))
    precision = true / max(1, sum(map(_pairs, found.values())))
    recall = true / max(1, sum(map(_pairs, events.values())))
    exact = sum(n == events[e] == found[s] for (e, s), n in several.items())
    return Scores(
        bcubed=_bcubed(cell, events, found),
        multi=_bcubed(several, events, found),
        pairwise=_f1(precision, recall),
        exact=exact,
        events=sum(n > 1 for n in events.values()),
    )


def _bcubed(
    cell: Mapping[tuple[str, str], int],
    events: Mapping[str, int],
    found: Mapping[str, int],
) -> float:
    pages = sum(cell.values()) or 1
    precision = sum(n * n / found[s] for (_, s), n in cell.items()) / pages
    recall = sum(n * n / events[e] for (e, _), n in cell.items()) / pages
    return _f1(precision, recall)


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _pairs(pages: int) -> int:
    return pages * (pages - 1) // 2
