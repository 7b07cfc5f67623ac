"""What a search finds."""

from __future__ import annotations

from dataclasses import dataclass

from articles.models.page import PageQuerySet

from .cursor import NEWEST_PAGES
from .feed import PAGE_SIZE, counted
from .lines import StoryLine, story_lines


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of hits, newest first, each with the story it belongs to."""

    query: str
    hit_total: str
    hits: tuple[StoryLine, ...]
    next_cursor: str | None
    is_first: bool


def search_page(
    query: str, matching: PageQuerySet, *, before: str | None = None
) -> SearchPage:
    """A page of the pages `matching` holds; raises InvalidCursor."""
    matching = matching.visible()
    total = counted(matching)
    shown, going_on = NEWEST_PAGES.page(
        matching.select_related("provider", "story__lead"),
        size=PAGE_SIZE,
        before=before,
    )
    return SearchPage(
        query=query,
        hit_total=total,
        hits=tuple(story_lines(shown)),
        next_cursor=going_on,
        is_first=not before,
    )
