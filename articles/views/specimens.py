"""Invented news for the style page, shaped by what shapes the real; no query."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from articles.models import Page, Provider, Story
from articles.rendering.cards import StoryCard, page_summaries, story_card
from articles.rendering.story import StoryBody, story_body
from articles.rendering.summaries import TopicName

BEGAN = datetime(2020, 2, 2, 8, 20, tzinfo=UTC)
TOPICS = (TopicName("Invented affairs", "invented-affairs"),)
# Hours after the first, publisher, headline.
COVERAGE = (
    (0, "The Made-up Mercury", "A village that is on no map opens a second lighthouse"),
    (
        2,
        "Sample Gazette",
        "Lighthouse without a sea lights up a valley of our invention",
    ),
    (
        3,
        "Placeholder Post",
        "What the second lighthouse means for ships that never were",
    ),
    (30, "Specimen Standard", "Keeper of the imaginary lighthouse explains herself"),
    (31, "Sample Gazette", "Five questions about a lighthouse nobody has seen"),
)
EXCERPT = (
    "This story was made up to show how stories look. No such village, lighthouse or "
    "publisher exists; the words are here for their length."
)


def specimen_card(count: int) -> StoryCard:
    """A story of the first `count` pages of the coverage, as a card."""
    story, pages = _story(count)
    return story_card(story, page_summaries(pages, lead_id=story.lead_id), TOPICS)


def specimen_body() -> StoryBody:
    """The story of all the coverage, as its page has it."""
    return story_body(*_story(len(COVERAGE)), TOPICS)


def _story(count: int) -> tuple[Story, list[Page]]:
    pages = [_page(number, *COVERAGE[number]) for number in range(count)]
    story = Story(
        public_id=f"specimen{count}",
        lead_id=pages[0].pk,
        page_count=count,
        provider_count=len({page.provider_id for page in pages}),
        first_at=pages[0].published_at,
        latest_at=pages[-1].published_at,
    )
    return story, pages


def _page(number: int, hours: int, publisher: str, title: str) -> Page:
    domain = f"{publisher.lower().replace(' ', '-')}.example"
    # The names tell them apart; no row has these keys.
    key = next(i for i, row in enumerate(COVERAGE) if row[1] == publisher) + 1
    address = f"https://{domain}/{number}"
    return Page(
        pk=number + 1,
        canonical_url=address,
        key_id=f"specimenpage{number}",
        public_id=f"specimenpage{number}",
        title=title,
        excerpt="" if number else EXCERPT,
        url=address,
        published_at=BEGAN + timedelta(hours=hours),
        type="article",
        quality=50,
        provider=Provider(pk=key, name=publisher, domain=domain),
        is_visible=True,
    )
