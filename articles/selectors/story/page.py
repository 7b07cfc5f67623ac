"""The page of one story."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, Q

from articles.models import Page, Story
from articles.selectors.cards import (
    StoryCard,
    coverage_pages,
    page_summaries,
    story_card,
    topics_of,
)
from articles.selectors.summaries import PageSummary, page_summary

from .coverage import DEFAULT, ORDERS, Coverage, ProviderShare, coverage, shares
from .explanation import explanation
from .timeline import StoryTimeline, story_timeline

RELATED = 12


@dataclass(frozen=True, slots=True)
class StoryName:
    """Another story as a link names it."""

    id: str
    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class StoryPage:
    """Everything the page of a story shows."""

    card: StoryCard
    coverage: Coverage
    shares: tuple[ProviderShare, ...]  # most pages first
    summary: str  # how the story was made, in a sentence
    timeline: StoryTimeline
    related: tuple[PageSummary, ...]  # named beside the coverage, but another event
    newer: StoryName | None  # the listed stories before and after it in "Latest"
    older: StoryName | None


def story_page(public_id: str, *, order: str = DEFAULT) -> StoryPage | None:
    """The story at an address; None where readers have none there.

    Its coverage is in the order asked for, or the usual one if that is none.
    Seven queries, however many pages it has.
    """
    story = Story.objects.listed().filter(public_id=public_id).first()
    if story is None:
        return None
    pages = coverage_pages([story])[story.pk]
    lead = next(page for page in pages if page.pk == story.lead_id)
    summaries = page_summaries(pages, lead_id=story.lead_id)
    explained = explanation(pages, lead)
    reasons = {reason.page.id: reason for reason in explained.reasons.values()}
    newer, older = _neighbours(story)
    return StoryPage(
        card=story_card(story, summaries, topics_of([story]).get(story.pk, ())),
        coverage=coverage(summaries, reasons, order if order in ORDERS else DEFAULT),
        shares=shares(summaries),
        summary=explained.summary,
        timeline=story_timeline(summaries),
        related=_related(explained.beside),
        newer=newer,
        older=older,
    )


def story_address(member_id: str) -> Story | None:
    """The listed story that the id of any member page leads to.

    An id that is the address of another story, which readers may not have, leads
    nowhere else.
    """
    bearing = Story.objects.filter(public_id=member_id, pages__isnull=False)
    members = Page.objects.with_id(member_id).values("pk")
    stories = Story.objects.listed().filter(~Exists(bearing), pages__in=members)
    return stories.select_related("lead").first()


def _related(beside: Iterable[Page]) -> tuple[PageSummary, ...]:
    def best(page: Page) -> tuple[int, float, str]:
        assert page.published_at is not None
        return -(page.quality or 0), -page.published_at.timestamp(), page.canonical_url

    return tuple(page_summary(page) for page in sorted(beside, key=best)[:RELATED])


def _neighbours(story: Story) -> tuple[StoryName | None, StoryName | None]:
    """The next newer and the next older listed story, by newest coverage."""
    at, listed = story.latest_at, Story.objects.listed()
    tied = Q(latest_at=at)
    newer = listed.filter(
        Q(latest_at__gt=at) | tied & Q(public_id__gt=story.public_id), latest_at__gte=at
    ).order_by("latest_at", "public_id")
    older = listed.filter(
        Q(latest_at__lt=at) | tied & Q(public_id__lt=story.public_id), latest_at__lte=at
    ).order_by("-latest_at", "-public_id")
    found = Story.objects.filter(
        Q(pk__in=newer.values("pk")[:1]) | Q(pk__in=older.values("pk")[:1])
    ).select_related("lead")
    before = after = None
    for other in found:
        name = StoryName(other.public_id, other.slug, str(other))
        if (other.latest_at, other.public_id) > (at, story.public_id):
            before = name
        else:
            after = name
    return before, after
