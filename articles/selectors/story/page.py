"""The page of one story."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists
from django.utils.safestring import SafeString

from articles.models import Page, Story
from articles.models.sql import rows
from articles.rendering.cards import StoryCard
from articles.rendering.coverage import DEFAULT, ORDERS
from articles.rendering.render import is_current, page_html, rendered_now, shape_of

from .beside import RelatedPage, StoryName, neighbours, related

_STORY = """
    SELECT story.id, story.lead_id, story.latest_at,
        rendered.made_by, rendered.shape, rendered.body
    FROM articles_story story
    LEFT JOIN articles_renderedstory rendered ON rendered.story_id = story.id
    WHERE story.public_id = %s AND story.lead_id IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class StoryPage:
    """Everything the page of a story shows."""

    card: StoryCard
    html: SafeString  # what it says of the story itself
    order: str  # of the coverage
    related: tuple[RelatedPage, ...]  # named beside the coverage, but another event
    newer: StoryName | None  # the listed stories before and after it in "Latest"
    older: StoryName | None


def story_page(public_id: str, *, order: str = DEFAULT) -> StoryPage | None:
    """The story at an address; None where readers have none there.

    Its coverage is in the order asked for, or the usual one if that is none. Three
    queries, however many pages it has; more where it has to be rendered first.
    """
    order = order if order in ORDERS else DEFAULT
    for pk, lead, latest_at, made_by, shape, body in rows(_STORY, (public_id,)):
        if order == DEFAULT and is_current(made_by):
            card = shape_of(shape)
            html = page_html(card, body)
        else:
            card, html = rendered_now(Story.objects.get(pk=pk), order=order)
        newer, older = neighbours(public_id, latest_at)
        return StoryPage(card, html, order, related(pk, lead), newer, older)
    return None


def story_address(member_id: str) -> Story | None:
    """The listed story that the id of any member page leads to.

    An id that is the address of another story, which readers may not have, leads
    nowhere else.
    """
    bearing = Story.objects.filter(public_id=member_id, pages__isnull=False)
    members = Page.objects.with_id(member_id).values("pk")
    stories = Story.objects.listed().filter(~Exists(bearing), pages__in=members)
    return stories.select_related("lead").first()
