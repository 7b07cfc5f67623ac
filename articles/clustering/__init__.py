"""Which pages are one event: a pure function of pages, related lists, constraints."""

from __future__ import annotations

from .comparisons import Comparisons
from .explain import Membership, Tie, explain
from .library import Library
from .problem import ClusterPage, Conflict, Constraint, RelatedList, Solution
from .reprints import fold_reprints, same_text
from .stories import cut_again, neighbourhood, solve, update

__all__ = [
    "ClusterPage",
    "Comparisons",
    "Conflict",
    "Constraint",
    "Library",
    "Membership",
    "RelatedList",
    "Solution",
    "Tie",
    "cut_again",
    "explain",
    "fold_reprints",
    "neighbourhood",
    "same_text",
    "solve",
    "update",
]
