"""What a search finds: stories, with the pages of them that meet it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from articles.models import Page
from articles.models.page import PageQuerySet
from articles.models.sql import Prepared, aware, given
from articles.models.story import story_slug
from articles.rendering.summaries import PageSummary
from articles.search import (
    Fit,
    Hit,
    Marked,
    Respelled,
    SearchQuery,
    better_known,
    marked,
    marked_name,
    respelled,
    snippet,
)

from .feed import PAGE_SIZE
from .page_rows import IN_STORY, PageRow, page_rows
from .search_hits import (
    HitPage,
    best_hit_page,
    near_hit_page,
    newest_hit_page,
    with_spread_hits,
)

SORTS = ("relevance", "newest")
PAGES_SHOWN = 3  # of one story
SHORT = 3  # words: of a longer question an article that has them all is meant
FEW = 5  # stories: where fewer are found, others may be meant
MEETS = ("all", "spread")  # how stories fit that say all words


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page that meets a search, with what matched in its texts."""

    page: PageSummary
    title: Marked
    excerpt: Marked  # a part of it
    provider: Marked


@dataclass(frozen=True, slots=True)
class FoundStory:
    """A story with pages that meet a search; `id` is "" where a page stands alone."""

    id: str
    slug: str
    title: Marked
    page_count: int
    provider_count: int
    latest_at: datetime | None
    pages: tuple[FoundPage, ...]  # the first of them
    more: int  # further pages of it that meet the search


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of results in an order, and how well they fit."""

    query: SearchQuery
    sort: str
    stories: tuple[FoundStory, ...]
    story_total: str  # "12", "1,000+"; a page that stands alone counts for itself
    page_total: str
    # "all"; or "spread", "unwanted", "most", "some": no page meets the whole query
    fit: str
    was_bounded: bool  # there are more pages than were ranked
    was_cut: bool  # there may be more than those that were looked at
    next_cursor: str | None
    is_first: bool
    unknown: tuple[str, ...] = ()  # words as typed, where others were looked for
    offer: Respelled | None = None  # what may have been meant

    @property
    def is_met(self) -> bool:
        """Whether there are stories that meet the whole query."""
        return bool(self.stories) and self.fit in MEETS

    @property
    def is_empty(self) -> bool:
        """Whether no page meets the whole query, as far as was looked."""
        return self.is_first and not self.is_met and not self.was_cut


def search_page(
    query: SearchQuery,
    within: PageQuerySet,
    *,
    sort: str = "relevance",
    before: str | None = None,
) -> SearchPage:
    """A page of what a query finds among some visible pages; raises InvalidCursor.

    Where no page meets it, what it finds with misspelt words put right, else pages that
    nearly meet it: the best, and no more.
    """
    found, meant = _found(query, within, sort=sort, before=before)
    asked = meant.query if meant else query
    pages = sum(map(len, found.groups.values()))
    return SearchPage(
        query=asked,
        sort=sort,
        stories=_stories(found, asked),
        story_total=found.story_total,
        page_total=found.page_total,
        fit=_fit(found, asked),
        was_bounded=found.was_bounded,
        was_cut=found.was_cut,
        next_cursor=found.next_cursor,
        is_first=not before,
        unknown=meant.unknown if meant else (),
        offer=None if meant or before else better_known(query, pages=pages),
    )


def _found(
    query: SearchQuery, within: PageQuerySet, *, sort: str, before: str | None
) -> tuple[HitPage, Respelled | None]:
    """What is found, and how the question was meant if it is found only so."""
    of_sort = newest_hit_page if sort == "newest" else best_hit_page

    def find(asked: SearchQuery) -> HitPage:
        found = of_sort(asked, within, before=before)
        if before or found.was_cut or _is_enough(found, asked):
            return found
        return with_spread_hits(found, asked, within)

    found = find(query)
    if not _is_nothing(found):
        return found, None
    if meant := respelled(query):
        found = find(meant.query)
    if _is_nothing(found) and not before:
        found = near_hit_page(meant.query if meant else query, within)
    return found, meant


def _is_enough(found: HitPage, asked: SearchQuery) -> bool:
    """Whether articles were found that are what was looked for, most probably."""
    best = next(iter(found.groups.values()), None)
    sure = best and (best[0].known or len(asked.wanted) > SHORT)
    return bool(sure) or len(found.groups) >= FEW


def _is_nothing(found: HitPage) -> bool:
    return not (found.groups or found.was_cut)


def _fit(found: HitPage, query: SearchQuery) -> str:
    if found.fit is Fit.SOME and 2 * found.said > len(query.wanted):
        return "most"
    return found.fit.value


def _stories(found: HitPage, query: SearchQuery) -> tuple[FoundStory, ...]:
    """Shape groups of hits, with one query for all."""
    shown = [hit.page for hits in found.groups.values() for hit in hits[:PAGES_SHOWN]]
    pages = _pages(shown)
    shaped = []
    for hits in found.groups.values():
        held = [pages[hit.page] for hit in hits[:PAGES_SHOWN] if hit.page in pages]
        if held:
            shaped.append(_story(held, hits, query))
    return tuple(shaped)


def _pages(shown: Sequence[int]) -> dict[int, PageRow]:
    """The visible ones of these pages."""
    if not shown:
        return {}
    # One statement for any number: the last fills the places that are left.
    filled = [*shown, *[shown[-1]] * (_MOST - len(shown))]
    rows = _PAGES.rows(**{f"page{place}": page for place, page in enumerate(filled)})
    return {page.pk: page for page in page_rows(rows)}


_MOST = PAGE_SIZE * PAGES_SHOWN
_PAGES = Prepared(
    lambda: (
        Page.objects.visible()
        .filter(pk__in=[given(f"page{place}") for place in range(_MOST)])
        .values_list(*IN_STORY)
    )
)


def _story(
    pages: Sequence[PageRow], hits: Sequence[Hit], query: SearchQuery
) -> FoundStory:
    first = pages[0]
    found = [_page(page, query) for page in pages]
    if not first.story_id or first.lead_title is None or first.latest_at is None:
        return FoundStory("", "", found[0].title, 1, 1, None, tuple(found), 0)
    title = marked(first.story_title or first.lead_title, query)
    # Below the story's headline, the page that has the same one needs none.
    found.sort(key=lambda page: page.title != title)
    return FoundStory(
        id=first.story_id,
        slug=story_slug(first.story_title or "", first.lead_title),
        title=title,
        page_count=first.story_pages or 0,
        provider_count=first.providers or 0,
        latest_at=aware(first.latest_at),
        pages=tuple(found),
        more=len(hits) - len(pages),
    )


def _page(page: PageRow, query: SearchQuery) -> FoundPage:
    summary = page.summary
    return FoundPage(
        page=summary,
        title=marked(summary.title, query),
        excerpt=snippet(summary.excerpt, query),
        provider=marked_name(summary.provider.name, query),
    )
