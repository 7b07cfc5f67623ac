"""Search without an index, on databases for which there is none yet.

It reads every page, and finds words as they are typed, accents and endings included.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from django.db.models import F, Q

from articles.models import Page
from articles.models.page import PageQuerySet

from .hit import EntryText, Hit, Hits
from .query import Clause, SearchQuery


class PlainBackend:
    """See `articles.search.backend.Backend`."""

    def write(self, texts: Sequence[EntryText]) -> None:
        """Nothing is held but the entries."""

    def purge(self) -> None:
        """Nothing is left of what is not held."""

    def hits(
        self,
        query: SearchQuery,
        within: PageQuerySet,
        *,
        most: int,
        before: int | None = None,
        ranked: bool = False,
    ) -> Hits:
        found = within.filter(_meets(query), search_entry__isnull=False)
        if before is not None:
            found = found.filter(search_entry__id__lt=before)
        return Hits(_hits(found.order_by("-search_entry__id")[:most]))

    def loose_hits(
        self, query: SearchQuery, within: PageQuerySet, *, most: int
    ) -> Hits:
        return Hits([])

    def hits_of(
        self, query: SearchQuery, within: PageQuerySet, *, stories: Collection[int]
    ) -> list[Hit]:
        return _hits(
            within.filter(
                _meets(query), search_entry__isnull=False, story__in=list(stories)
            )
        )

    def beside(
        self, query: SearchQuery, within: PageQuerySet, *, most: int
    ) -> list[Hit]:
        return []

    def counts(self, queries: Sequence[SearchQuery], *, most: int) -> list[int]:
        pages = Page.objects.visible()
        return [len(pages.filter(_meets(query))[:most]) for query in queries]

    def matching(
        self, query: SearchQuery, within: PageQuerySet, *, most: int
    ) -> PageQuerySet:
        return within.filter(_meets(query))

    def unknown(self, names: Sequence[Clause]) -> list[Clause]:
        pages = Page.objects.visible()
        return [name for name in names if not pages.filter(_by([name])).exists()]


def _meets(query: SearchQuery) -> Q:
    condition = Q()
    for clause in query.wanted:
        condition &= _says(clause)
    for clause in query.unwanted:
        condition &= ~_says(clause)
    if query.providers:
        condition &= _by(query.providers)
    if query.unwanted_providers:
        condition &= ~_by(query.unwanted_providers)
    return condition


def _says(clause: Clause) -> Q:
    said = clause.said
    return Q(title__icontains=said) | Q(excerpt__icontains=said) | _by([clause])


def _by(names: Iterable[Clause]) -> Q:
    condition = Q()
    for name in names:
        condition |= Q(provider__name__icontains=name.said)
        condition |= Q(provider__domain__icontains=name.said)
    return condition


def _hits(pages: PageQuerySet) -> list[Hit]:
    rows = pages.annotate(listed=F("story__lead")).values_list(
        "search_entry__id", "pk", "story", "listed"
    )
    return [Hit(entry, pk, story if led else None) for entry, pk, story, led in rows]
