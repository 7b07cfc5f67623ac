"""What a request asks to see: for lists and search, and for the panel above them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, QueryDict

from articles.filters import NewsFilter
from articles.filters.table import BY_NAME, WORDS
from articles.models import Page
from articles.models.page import PageQuerySet
from articles.search import SearchQuery
from articles.selectors.feed import Narrowed

from .panel import panel

OPENING = {"filter", "narrow"}  # what opens the panel; the latter in old links


@dataclass(frozen=True)
class Filtering:
    """The filter of a request.

    Where values are refused, it lets nothing through.
    """

    given: QueryDict
    alone: bool
    only: Q | None
    path: str
    sort: str
    wanted: bool  # the panel, though nothing is asked yet

    @cached_property
    def filter(self) -> NewsFilter:
        """What is asked, read. Most readers ask nothing, which takes no reading."""
        return NewsFilter(self.given, alone=self.alone, only=self.only)

    @property
    def is_at_rest(self) -> bool:
        """Whether nothing is asked, not even how to."""
        return not self.wanted and not (
            self.given.keys() & BY_NAME.keys() and self.filter.conditions
        )

    @property
    def pages(self) -> PageQuerySet | None:
        """Visible pages that meet all conditions but the words.

        None where nothing is asked at all.
        """
        if self.filter.problems:
            return Page.objects.none()
        return self.filter.pages() if self.filter.chosen else None

    @property
    def words(self) -> str:
        return self.filter.words

    @property
    def narrowed(self) -> Narrowed | None:
        """What a list of stories is narrowed to; None where nothing is asked."""
        return None if self.is_at_rest else self.filter.narrowed()

    def question(self, query: SearchQuery) -> SearchQuery:
        """A search, beginning with what else is asked where its index can."""
        return self.filter.question(query)

    def reworded(self, words: str) -> Filtering:
        """The same of other words."""
        given = self.given.copy()
        given[WORDS] = words
        return replace(self, given=given)

    def context(self, *, nothing: bool = False) -> dict[str, Any]:
        """What templates need of a list that holds `nothing` or something."""
        if self.is_at_rest:
            return {}
        shown = panel(
            self.filter,
            path=self.path,
            sort=self.sort,
            wanted=self.wanted,
            nothing=nothing and bool(self.filter.chosen),
        )
        return {"filter": shown}


def filtering(
    request: HttpRequest, *, alone: bool = True, only: Q | None = None
) -> Filtering:
    """Read the filter of a request.

    `alone` says whether pages without a story for readers are listed as well, `only`
    what all stories of the list meet.
    """
    sort = request.GET.get("sort", "")
    return Filtering(
        request.GET,
        alone=alone,
        only=only,
        path=request.path,
        sort=sort if sort.isascii() and sort.isalpha() and len(sort) < 20 else "",
        wanted=not OPENING.isdisjoint(request.GET),
    )
