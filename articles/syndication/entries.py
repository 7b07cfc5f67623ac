"""Stories and pages as entries of feeds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from articles.rendering.addresses import address
from articles.rendering.cards import StoryCard
from articles.rendering.summaries import PageInStory, PageSummary
from articles.rules.phrasing import counted
from articles.selectors.search import FoundStory


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; addresses are absolute, and `guid` stays whatever becomes of it."""

    guid: str
    title: str
    description: str
    link: str
    author: str
    published_at: datetime
    updated_at: datetime
    categories: tuple[str, ...] = ()


def story_entry(card: StoryCard) -> Entry:
    """A story under its headline, with how wide its coverage is."""
    return Entry(
        guid=_story_guid(card.id),
        title=card.title,
        description=_description(
            card.lead, _coverage(card.provider_count, card.page_count)
        ),
        link=absolute(address("story", card.id, card.slug)),
        author=card.lead.provider.name,
        published_at=card.lead.published_at,
        updated_at=card.latest_at,
        categories=tuple(topic.name for topic in card.topics),
    )


def found_entry(found: FoundStory) -> Entry:
    """A story that a search finds, with the first page that meets it."""
    page = found.pages[0].page
    if not found.id or not found.latest_at:
        return page_entry(PageInStory(page, "", "", 0))
    return Entry(
        guid=_story_guid(found.id),
        title="".join(text for text, _ in found.title),
        description=_description(
            page, _coverage(found.provider_count, found.page_count)
        ),
        link=absolute(address("story", found.id, found.slug)),
        author=page.provider.name,
        published_at=page.published_at,
        updated_at=found.latest_at,
    )


def page_entry(found: PageInStory) -> Entry:
    """A page, leading to its story, or to its publisher where readers have none."""
    page, story = found.page, (found.story_id, found.story_slug)
    return Entry(
        guid=absolute(address("article_short", page.id)),
        title=page.title,
        description=_description(page),
        link=absolute(address("story", *story)) if found.story_id else page.url,
        author=page.provider.name,
        published_at=page.published_at,
        updated_at=page.published_at,
    )


def _story_guid(id: str) -> str:
    # Without the slug: a new lead changes that, and not which story it is.
    return absolute(address("story_short", id))


def _description(page: PageSummary, coverage: str = "") -> str:
    behind = "; ".join(filter(None, (page.provider.name, coverage)))
    return f"{page.excerpt} ({behind})".strip()


def _coverage(providers: int, pages: int) -> str:
    return f"{counted(providers, 'publisher')}, {counted(pages, 'article')}"


def absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"
