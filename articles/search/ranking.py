"""Which hits come first, and how many of the words they say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain
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


def whole_first(hits: Iterable[Hit], query: SearchQuery) -> list[Hit]:
    """Hits of the stories that say all words, those of each story together.

    Stories come first whose pages say the most. Pages that say nothing are left out.
    """
    stories: dict[int | None, list[Hit]] = defaultdict(list)
    for hit in hits:
        words = said_by(hit, query.wanted)
        if words and not said_by(hit, query.unwanted):
            stories[hit.story].append(hit._replace(words=words))
    whole = [
        sorted(held, key=attrgetter("rank"), reverse=True)
        for held in stories.values()
        if all(any(said_by(hit, [one]) for hit in held) for one in query.wanted)
    ]
    whole.sort(key=lambda held: held[0].rank, reverse=True)
    return list(chain.from_iterable(whole))


def said_by(hit: Hit, clauses: Iterable[Clause]) -> int:
    """How many of the clauses a hit says; it must bring all its words."""
    text = f" {hit.text} "
    return sum(
        any(f" {' '.join(phrase)} " in text for phrase in clause.phrases)
        for clause in clauses
    )
