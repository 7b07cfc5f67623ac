"""What stands beside a story on its page: what is related, and the next stories.

Asked with each page of a story, in plain SQL: building these statements anew takes ten
times as long as running them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from articles.models.sql import aware, rows
from articles.models.story import story_slug
from articles.rules.text.slug import slug

RELATED = 12
ASKED = 5  # listed pages of a story that are asked what they name besides

# The lists of the lead and of the best others, as far as readers may follow them.
_RELATED = f"""
    SELECT page.public_id, page.title, page.url, provider.name, provider.domain,
        page.published_at, page.type, page.is_listed
    FROM articles_page page JOIN articles_provider provider
        ON provider.id = page.provider_id
    WHERE page.is_visible AND page.story_id <> %s AND page.id IN (
        SELECT mention.page_id FROM articles_mention mention
        WHERE mention.article_id IN (
            SELECT asked.article_id FROM articles_page asked
            WHERE asked.story_id = %s AND asked.is_visible AND asked.is_listed
                AND asked.article_id IS NOT NULL
            ORDER BY CASE WHEN asked.id = %s THEN 0 ELSE 1 END,
                COALESCE(asked.quality, 0) DESC, asked.canonical_url
            LIMIT {ASKED}
        )
    )
    ORDER BY COALESCE(page.quality, 0) DESC, page.published_at DESC, page.canonical_url
    LIMIT {RELATED}
"""
_NEXT = """
    SELECT {after}, public_id, title, lead_title FROM (
        SELECT story.public_id, story.title, lead.title AS lead_title
        FROM articles_story story JOIN articles_page lead ON lead.id = story.lead_id
        WHERE story.lead_id IS NOT NULL
            AND (story.latest_at, story.public_id) {beyond} (%s, %s)
        ORDER BY story.latest_at {order}, story.public_id {order} LIMIT 1
    ) found
"""
_NEIGHBOURS = " UNION ALL ".join(
    (
        _NEXT.format(after=0, beyond=">", order="ASC"),
        _NEXT.format(after=1, beyond="<", order="DESC"),
    )
)


@dataclass(frozen=True, slots=True)
class RelatedPage:
    """A visible page of another story that this one's lists name."""

    id: str
    slug: str
    title: str
    url: str
    publisher: str
    domain: str
    published_at: datetime
    is_video: bool
    is_listed: bool


@dataclass(frozen=True, slots=True)
class StoryName:
    """Another story as a link names it."""

    id: str
    slug: str
    title: str


def related(story: int, lead: int) -> tuple[RelatedPage, ...]:
    """What the lists of a story name, but is another event; the best first.

    The story and its lead are given by pk.
    """
    found = rows(_RELATED, (story, story, lead))
    return tuple(
        RelatedPage(
            id=id,
            slug=slug(title, fallback="page"),
            title=title,
            url=url,
            publisher=publisher,
            domain=domain,
            published_at=aware(at),
            is_video=kind == "video",
            is_listed=bool(listed),
        )
        for id, title, url, publisher, domain, at, kind, listed in found
    )


def neighbours(
    public_id: str, latest_at: datetime
) -> tuple[StoryName | None, StoryName | None]:
    """The listed stories before and behind a place in the list of the newest."""
    place = connection.ops.adapt_datetimefield_value(aware(latest_at)), public_id
    found = {
        after: StoryName(id, story_slug(title, lead), title or lead)
        for after, id, title, lead in rows(_NEIGHBOURS, (*place, *place))
    }
    return found.get(0), found.get(1)
