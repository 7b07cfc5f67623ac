"""What the page of a story says of the story itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from articles.library.story import NOTHING, StoryEvidence
from articles.models import Page, Story

from .cards import StoryCard, page_summaries, story_card
from .coverage import DEFAULT, Coverage, ProviderShare, coverage, shares
from .explanation import explanation
from .summaries import PageSummary, TopicName
from .timeline import StoryTimeline, story_timeline

FEWEST_DRAWN = 3  # what two articles would show their two times say


@dataclass(frozen=True, slots=True)
class StoryBody:
    """A story's page but for what leads to other stories."""

    card: StoryCard
    coverage: Coverage
    shares: tuple[ProviderShare, ...]  # most articles first
    summary: str  # how the story was made, in a sentence
    timeline: StoryTimeline | None  # None: there is nothing to draw


def story_body(
    story: Story,
    pages: Sequence[Page],
    topics: tuple[TopicName, ...],
    evidence: StoryEvidence = NOTHING,
    *,
    order: str = DEFAULT,
) -> StoryBody:
    """Shape a story from its visible pages, earliest first; no query."""
    summaries = page_summaries(pages, lead_id=story.lead_id)
    card = story_card(story, summaries, topics)
    if len(pages) == 1:
        return body_of_one(card, order=order)
    lead = next(page for page in pages if page.pk == story.lead_id)
    explained = explanation(pages, lead, evidence)
    reasons = {reason.page.id: reason for reason in explained.reasons.values()}
    return StoryBody(
        card=card,
        coverage=coverage(summaries, reasons, order),
        shares=shares(summaries),
        summary=explained.summary,
        timeline=story_timeline(summaries) if len(pages) >= FEWEST_DRAWN else None,
    )


def body_of_one(card: StoryCard, *, order: str = DEFAULT) -> StoryBody:
    """The same of a story of one page, which its card tells all about."""
    pages: tuple[PageSummary, ...] = (card.lead,)
    return StoryBody(card, coverage(pages, {}, order), shares(pages), "", None)
