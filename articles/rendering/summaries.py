"""A page in short: as it stands in coverage, in lists, among search hits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Value
from django.db.models.functions import Left
from django.db.models.lookups import Exact

from articles.models import Page

_SCHEME = "https://"
# That a page has a picture (`picture_of`), as a condition.
HAS_PICTURE = Exact(Left("image_url", len(_SCHEME)), Value(_SCHEME))


@dataclass(frozen=True, slots=True)
class ProviderName:
    """A publisher as readers see it: its name and the domain of its page."""

    name: str
    domain: str


@dataclass(frozen=True, slots=True)
class TopicName:
    """A topic as readers see it: its name and the slug of its page."""

    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A remote picture; width and height in pixels, None where the drop has none."""

    url: str
    width: int | None
    height: int | None


@dataclass(frozen=True, slots=True)
class PageSummary:
    """One visible page. `url` is the publisher's, `id` and `slug` are ours.

    Only a listed page has an address of its own here (`is_listed`).
    """

    id: str
    slug: str
    title: str
    excerpt: str
    url: str
    provider: ProviderName
    published_at: datetime
    type: str
    quality: int | None
    picture: Picture | None
    is_listed: bool
    is_lead: bool
    text_of: str = ""  # id of the earlier page of its story that has its text

    @property
    def is_reprint(self) -> bool:
        """Whether it adds no text of its own; a lead speaks for itself."""
        return bool(self.text_of) and not self.is_lead

    @property
    def kind(self) -> str:
        """What it is to its story, for drawings: "lead", "reprint" or "page"."""
        return "lead" if self.is_lead else "reprint" if self.is_reprint else "page"


@dataclass(frozen=True, slots=True)
class PageInStory:
    """A page and the story it belongs to; `story_id` is "" where readers have none."""

    page: PageSummary
    story_id: str
    story_slug: str
    story_pages: int
    story_providers: int = 0


def pages_in_stories(pages: Iterable[Page]) -> list[PageInStory]:
    """Shape pages; stories and their leads must have been selected with them."""
    return [_in_story(page) for page in pages]


def page_summary(
    page: Page, *, lead_id: int | None = None, text_of: str = ""
) -> PageSummary:
    """Shape a page; its provider must have been selected with it."""
    assert page.published_at is not None and page.provider is not None
    return PageSummary(
        id=page.public_id,
        slug=page.slug,
        title=page.title,
        excerpt=page.excerpt,
        url=page.url,
        provider=ProviderName(page.provider.name, page.provider.domain),
        published_at=page.published_at,
        type=page.type,
        quality=page.quality,
        picture=picture_of(page),
        is_listed=page.is_listed,
        is_lead=page.pk == lead_id,
        text_of=text_of,
    )


def _in_story(page: Page) -> PageInStory:
    story = page.story
    if story is None or story.lead is None:
        return PageInStory(page_summary(page), "", "", 0)
    summary = page_summary(page, lead_id=story.lead_id)
    counts = story.page_count, story.provider_count
    return PageInStory(summary, story.public_id, story.lead.slug, *counts)


def picture_of(page: Page) -> Picture | None:
    """The page's picture, unless it has none or not over https, or none is shown."""
    return picture_at(page.image_url, page.image_width, page.image_height)


def picture_at(url: str, width: int | None, height: int | None) -> Picture | None:
    """The picture at an address of a drop, if it is one over https that is shown."""
    if settings.IMAGES == "off" or not url.startswith(_SCHEME):
        return None
    return Picture(url, width, height)
