"""Stories side by side: as they are, and as they would be after an act."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from articles.models import Page, Story
from articles.models.bulk import chunks

from .story import DeskPage, called, desk_page

SHOWN = 6  # articles of a story; the rest is counted


@dataclass(frozen=True, slots=True)
class StoryGlance:
    """A story in a few lines: what readers get of it, and its first articles."""

    id: str  # in its address
    title: str
    is_listed: bool
    articles: int  # that readers see
    publishers: int
    pages: tuple[DeskPage, ...]  # the lead first, then by time
    more: int


def glances(pages: Iterable[int]) -> tuple[StoryGlance, ...]:
    """The stories that these pages are in, the largest first; by pk."""
    members: dict[int, list[Page]] = defaultdict(list)
    for some in chunks(_stories(pages)):
        rows = Page.objects.filter(story__in=some).select_related("provider")
        for page in rows.order_by("published_at", "canonical_url"):
            members[page.story_id or 0].append(page)
    stories = Story.objects.select_related("lead", "founder").in_bulk(members)
    found = [_glance(stories[pk], held) for pk, held in members.items()]
    return tuple(sorted(found, key=lambda one: (-one.articles, one.id)))


def _stories(pages: Iterable[int]) -> set[int]:
    return {
        story
        for some in chunks(pages)
        for story in Page.objects.filter(pk__in=some).values_list("story", flat=True)
        if story
    }


def _glance(story: Story, pages: list[Page]) -> StoryGlance:
    pages.sort(key=lambda page: page.pk != story.lead_id)
    shown = tuple(desk_page(page, lead=story.lead_id) for page in pages[:SHOWN])
    return StoryGlance(
        id=story.public_id,
        title=called(story),
        is_listed=story.lead_id is not None,
        articles=story.page_count,
        publishers=story.provider_count,
        pages=shown,
        more=len(pages) - len(shown),
    )
