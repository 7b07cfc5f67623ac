"""Where a query begins, so that it costs the same however large the site is.

Of all that is asked one condition leads to pages in their order, the newest first; what
else is asked is then held against some of these.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet

from articles.models import Page
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
    return conditions.newest(_of_days(pages, chosen), most=most)


def ways_in(chosen: Mapping[str, Any], *, most: int) -> tuple[QuerySet[Any, Any], ...]:
    """Keys of stories, looked up by one condition each; the last asks for days alone.

    All stories that meet the conditions are in each of them.
    """
    found = [
        way_in(value)
        for name, value in chosen.items()
        if (way_in := BY_NAME[name].way_in)
    ]
    if words := chosen.get(WORDS):
        asked = question(parse(words), chosen)
        pages = conditions.newest_with_words(asked, most=most)
        found.append(conditions.keys_of(pages))
    pages = _of_days(Page.objects.visible(), chosen)
    return (*found, conditions.keys_of(conditions.newest(pages)))


def _of_days(pages: PageQuerySet, chosen: Mapping[str, Any]) -> PageQuerySet:
    for name in {FIRST_DAY, LAST_DAY} & chosen.keys():
        pages = BY_NAME[name].on_pages(pages, chosen[name])
    return pages


def _named(domain: str) -> Clause:
    """How the index says a publisher's domain."""
    return Clause(domain, (tuple(word.form for word in read_words(domain).words),))
