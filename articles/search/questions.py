"""What is asked of search: the pages found, the newest or the best first."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import Enum

from articles.models.page import PageQuerySet

from .backend import backend
from .hit import Hit, Hits
from .query import Clause, SearchQuery, parse
from .ranking import best_first, most_first, said_by, whole_first
from .topics import about, unknown_topics

RANKED = 2000  # of so many hits, the newest, the best are found
LOOKED_AT = 200  # pages, the newest of a word, whose stories may say the others
NEWEST = 5000  # so many hits, the newest, are what lists are narrowed to


class Fit(Enum):
    """How the pages found meet the question."""

    ALL = "all"  # in every point
    UNWANTED = "unwanted"  # they say all words, and some that were not wanted, too
    SPREAD = "spread"  # their stories say all words, one page this, another that
    SOME = "some"  # no page says all words; these say the most of them


@dataclass(frozen=True, slots=True)
class Found:
    """The hits of a search, the best first; `more` of them were not looked at."""

    hits: tuple[Hit, ...]
    fit: Fit
    more: bool
    seen_to: int | None = None  # the last entry looked at, if not all were


def matching(
    query: SearchQuery | str, within: PageQuerySet, *, most: int = NEWEST
) -> PageQuerySet:
    """Those of some visible pages that are among the newest to meet the query."""
    asked = parse(query) if isinstance(query, str) else query
    pages = _about(asked, within)
    if not asked.has_words:
        return pages
    return backend().matching(asked, pages, most=most)


def best_hits(query: SearchQuery, within: PageQuerySet) -> Found:
    """The newest hits among some visible pages, the best first."""
    pages = _about(query, within)
    hits = backend().hits(query, pages, most=RANKED + 1, ranked=True)
    ranked = best_first(hits.found[:RANKED])
    more = len(hits.found) > RANKED
    return Found(tuple(ranked), Fit.ALL, more=more, seen_to=hits.seen_to)


def near_hits(query: SearchQuery, within: PageQuerySet) -> Found:
    """Where no page meets the query: pages that say the most of it, the best first."""
    if not query.wanted:
        return Found((), Fit.ALL, more=False)
    hits = backend().loose_hits(query, _about(query, within), most=RANKED + 1).found
    more, hits = len(hits) > RANKED, hits[:RANKED]
    ranked = most_first(hits, query)
    if ranked and ranked[0].words == len(query.wanted):
        whole = [one for one in ranked if one.words == len(query.wanted)]
        return Found(tuple(whole), Fit.UNWANTED, more)
    allowed = [hit for hit in hits if not said_by(hit, query.unwanted)]
    return Found(tuple(most_first(allowed, query)), Fit.SOME, more)


def spread_hits(
    query: SearchQuery, within: PageQuerySet, *, but: Collection[int]
) -> list[Hit]:
    """Pages of stories that say all words, though none of their pages does.

    They are looked for among the newest pages that say the rarest word, and in none of
    the stories `but`. Those of a story follow each other, those first that say most.
    """
    if len(query.wanted) < 2 or query.providers or query.unwanted_providers:
        return []
    counts = _said_by_itself(query)
    if not min(counts):
        return []
    rarest = replace(query, wanted=(query.wanted[counts.index(min(counts))],))
    hits = backend().beside(rarest, _about(query, within), most=LOOKED_AT)
    return whole_first((hit for hit in hits if hit.story not in but), query)


def newest_hits(
    query: SearchQuery, within: PageQuerySet, *, most: int, before: int | None = None
) -> Hits:
    """So many hits among some visible pages, by their ids, which fall with time."""
    return backend().hits(query, _about(query, within), most=most, before=before)


def hits_of(
    query: SearchQuery, within: PageQuerySet, *, stories: Collection[int]
) -> list[Hit]:
    """All hits among some visible pages that belong to one of the stories."""
    return backend().hits_of(query, _about(query, within), stories=stories)


def unknown_names(query: SearchQuery) -> tuple[list[Clause], list[Clause]]:
    """The publishers and the topics asked for that readers know nothing of."""
    providers = [*query.providers, *query.unwanted_providers]
    topics = [*query.topics, *query.unwanted_topics]
    return backend().unknown(providers), unknown_topics(topics)


def _said_by_itself(query: SearchQuery) -> list[int]:
    """How many pages say each of the words as it is, up to so many as are looked at."""
    asked = [
        SearchQuery("", wanted=(replace(clause, phrases=clause.phrases[:1]),))
        for clause in query.wanted
    ]
    return backend().counts(asked, most=LOOKED_AT)


def _about(query: SearchQuery, within: PageQuerySet) -> PageQuerySet:
    return about(within, query.topics, query.unwanted_topics)
