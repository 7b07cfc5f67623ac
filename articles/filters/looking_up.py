"""Where a query begins, so that it costs the same however large the site is.

Of all that is asked one condition leads to pages in their order, the newest first; what
else is asked is then held against some of these.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from articles.models.page import PageQuerySet
from articles.rules.text.words import read_words
from articles.search import Clause, SearchQuery, parse

from . import conditions
from .table import BY_NAME, FIRST_DAY, LAST_DAY, PUBLISHER, TOPIC, WORDS


def question(query: SearchQuery, chosen: Mapping[str, Any]) -> SearchQuery:
    """A search among the days and publishers that are asked for besides."""
    first, last = chosen.get(FIRST_DAY), chosen.get(LAST_DAY)
    return replace(
        query,
        since=conditions.midnight(first) if first else None,
        until=conditions.midnight(last + timedelta(days=1)) if last else None,
        publishers=tuple(_named(one.value) for one in chosen.get(PUBLISHER, ())),
    )


def window(
    pages: PageQuerySet, chosen: Mapping[str, Any], *, most: int
) -> PageQuerySet:
    """Pages to begin with: so many, the newest, of what leads to the fewest.

    `pages` are those to take where nothing leads anywhere.
    """
    if words := chosen.get(WORDS):
        asked = question(parse(words), chosen)
        return conditions.newest_with_words(asked, most=most)
    if providers := chosen.get(PUBLISHER):
        return conditions.newest_of_publishers(providers, most=most)
    if topics := chosen.get(TOPIC):
        return conditions.newest_on_topics(topics, most=most)
    for name in {FIRST_DAY, LAST_DAY} & chosen.keys():
        pages = BY_NAME[name].on_pages(pages, chosen[name])
    return conditions.newest(pages, most=most)


def _named(domain: str) -> Clause:
    """How the index says a publisher's domain."""
    return Clause(domain, (tuple(word.form for word in read_words(domain).words),))
