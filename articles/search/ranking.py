"""Which hits come first, and how many of the words they say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter, itemgetter

from .hit import Hit
from .query import Clause, SearchQuery

# The parts of a rank that differ where all words are said, by their places in a hit.
_FIT = itemgetter(*map(Hit._fields.index, ("known", "score", "id")))


def best_first(hits: Iterable[Hit]) -> list[Hit]:
    """Hits that say all words, in their order."""
    return sorted(hits, key=_FIT, reverse=True)


def most_first(hits: Sequence[Hit], query: SearchQuery) -> list[Hit]:
    """Hits that say as many of the words as any does, or else at least half of them."""
    counted = [hit._replace(words=said_by(hit, query.wanted)) for hit in hits]
    most = max((hit.words for hit in counted), default=0)
    least = min(most, (len(query.wanted) + 1) // 2)
    kept = [hit for hit in counted if hit.words >= least]
    return sorted(kept, key=attrgetter("rank"), reverse=True)


def said_by(hit: Hit, clauses: Iterable[Clause]) -> int:
    """How many of the clauses a hit says; it must bring all its words."""
    text = f" {hit.text} "
    return sum(
        any(f" {' '.join(phrase)} " in text for phrase in clause.phrases)
        for clause in clauses
    )
