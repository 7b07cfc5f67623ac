"""Which pages are one event: a pure function of pages, related lists, constraints."""

from __future__ import annotations

from .explain import Membership, Tie, explain
from .library import Library
from .problem import ClusterPage, Conflict, Constraint, RelatedList, Solution
from .reprints import fold_reprints, same_text
from .stories import cut_again, neighbourhood, solve, update
from .suggest import Suggestion, suggest_merges, suggest_splits

__all__ = [
    "ClusterPage",
    "Conflict",
    "Constraint",
    "Library",
    "Membership",
    "RelatedList",
    "Solution",
    "Suggestion",
    "Tie",
    "cut_again",
    "explain",
    "fold_reprints",
    "neighbourhood",
    "same_text",
    "solve",
    "suggest_merges",
    "suggest_splits",
    "update",
]
