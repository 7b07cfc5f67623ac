"""Which hits come first, and how many of the words they say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .hit import Hit
from .query import Clause, SearchQuery


@dataclass(frozen=True, slots=True, order=True)
class Rank:
    """Where a hit stands; the larger comes first. No two hits stand at one place."""

    words: int  # said of those wanted, where not all need be
    known: int  # 2: the title is what was typed; 1: it holds that; 0: neither
    score: float
    id: int  # of the entry, and so its time


@dataclass(frozen=True, slots=True)
class RankedHit:
    """A hit and where it stands."""

    hit: Hit
    rank: Rank


def best_first(hits: Iterable[Hit], query: SearchQuery) -> list[RankedHit]:
    """Hits that say all words, in their order."""
    typed = " ".join(query.typed)
    ranked = [
        RankedHit(hit, Rank(0, _known(hit.title, typed), hit.score, hit.id))
        for hit in hits
    ]
    return sorted(ranked, key=lambda one: one.rank, reverse=True)


def most_first(hits: Sequence[Hit], query: SearchQuery) -> list[RankedHit]:
    """Hits that say as many of the words as any does, or else at least half of them."""
    ranked = [
        RankedHit(hit, Rank(said_by(hit, query.wanted), 0, hit.score, hit.id))
        for hit in hits
    ]
    most = max((one.rank.words for one in ranked), default=0)
    least = min(most, (len(query.wanted) + 1) // 2)
    kept = [one for one in ranked if one.rank.words >= least]
    return sorted(kept, key=lambda one: one.rank, reverse=True)


def said_by(hit: Hit, clauses: Iterable[Clause]) -> int:
    """How many of the clauses a hit says; it must bring all its words."""
    text = f" {hit.text} "
    return sum(
        any(f" {' '.join(phrase)} " in text for phrase in clause.phrases)
        for clause in clauses
    )


def _known(title: str, typed: str) -> int:
    if not typed:
        return 0
    return 2 if title == typed else int(f" {typed} " in f" {title} ")
