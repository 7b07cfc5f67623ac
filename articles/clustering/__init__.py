"""Which pages are one event: a pure function of pages, related lists, constraints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .problem import ClusterPage, Conflict, Constraint, RelatedList, Solution
from .stories import solve

__all__ = [
    "ClusterPage",
    "Conflict",
    "Constraint",
    "RelatedList",
    "Solution",
    "partition",
    "solve",
]


def partition(
    pages: Iterable[ClusterPage],
    lists: Iterable[RelatedList],
    constraints: Sequence[Constraint] = (),
) -> list[tuple[str, ...]]:
    """Stories as tuples of keys: each tuple sorted, the list sorted."""
    return list(solve(pages, lists, constraints).stories)
