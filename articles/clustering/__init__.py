"""Which pages are one event: a pure function of pages, related lists, constraints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .explain import Membership, Tie, explain
from .library import Library, MemoryLibrary
from .problem import ClusterPage, Conflict, Constraint, RelatedList, Solution
from .reprints import fold_reprints, same_text
from .stories import neighbourhood, solve, update
from .suggest import Suggestion, suggest_merges, suggest_splits

__all__ = [
    "ClusterPage",
    "Conflict",
    "Constraint",
    "Library",
    "Membership",
    "MemoryLibrary",
    "RelatedList",
    "Solution",
    "Suggestion",
    "Tie",
    "explain",
    "fold_reprints",
    "neighbourhood",
    "partition",
    "same_text",
    "solve",
    "suggest_merges",
    "suggest_splits",
    "update",
]


def partition(
    pages: Iterable[ClusterPage],
    lists: Iterable[RelatedList],
    constraints: Sequence[Constraint] = (),
) -> list[tuple[str, ...]]:
    """Stories as tuples of keys: each tuple sorted, the list sorted."""
    return list(solve(pages, lists, constraints).stories)
