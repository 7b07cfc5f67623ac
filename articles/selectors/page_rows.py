"""Pages as rows of a query: what lists of them show, without an object for each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from articles.models.sql import aware
from articles.rendering.summaries import (
    PageInStory,
    PageSummary,
    Picture,
    ProviderName,
    picture_at,
)
from articles.rules.text.slug import slug


class PageRow(NamedTuple):
    """A visible page, its publisher, and the story that readers have of it, if any."""

    published_at: datetime
    public_id: str
    pk: int
    title: str
    excerpt: str
    url: str
    type: str
    quality: int | None
    image_url: str
    image_width: int | None
    image_height: int | None
    is_listed: bool
    provider: str
    domain: str
    story: int | None = None
    story_id: str | None = None
    story_pages: int | None = None
    lead: int | None = None
    lead_title: str | None = None
    story_title: str | None = None
    providers: int | None = None
    latest_at: datetime | None = None

    @property
    def summary(self) -> PageSummary:
        return PageSummary(
            id=self.public_id,
            slug=slug(self.title, fallback="page"),
            title=self.title,
            excerpt=self.excerpt,
            url=self.url,
            provider=ProviderName(self.provider, self.domain),
            published_at=aware(self.published_at),
            type=self.type,
            quality=self.quality,
            picture=self.picture,
            is_listed=bool(self.is_listed),
            is_lead=self.pk == self.lead,
        )

    @property
    def picture(self) -> Picture | None:
        return picture_at(self.image_url, self.image_width, self.image_height)

    @property
    def in_story(self) -> PageInStory:
        if self.story_id is None or self.lead_title is None:
            return PageInStory(self.summary, "", "", 0)
        led = slug(self.lead_title, fallback="page")
        counts = self.story_pages or 0, self.providers or 0
        return PageInStory(self.summary, self.story_id, led, *counts)


# What a queryset of pages is asked for to make these of its rows, without or with
# their stories; both begin as the newest pages are ordered.
FIELDS = (
    "published_at",
    "public_id",
    "pk",
    "title",
    "excerpt",
    "url",
    "type",
    "quality",
    "image_url",
    "image_width",
    "image_height",
    "is_listed",
    "provider__name",
    "provider__domain",
)
IN_STORY = (
    *FIELDS,
    "story_id",
    "story__public_id",
    "story__page_count",
    "story__lead_id",
    "story__lead__title",
    "story__title",
    "story__provider_count",
    "story__latest_at",
)


def page_rows(rows: Iterable[Sequence[Any]]) -> list[PageRow]:
    """Rows of these fields by their names."""
    return [PageRow(*row) for row in rows]
