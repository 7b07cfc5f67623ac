"""Stories as HTML: the one place where templates make it ahead of a request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from django.utils.safestring import SafeString

from articles.fingerprint import OF_PICTURES, fingerprint
from articles.library.story import NOTHING, story_evidence
from articles.models import RenderedStory, Story

from .cards import StoryCard, coverage_pages, page_summaries, story_card, topics_of
from .story import StoryBody, body_of_one, story_body
from .summaries import ProviderName, TopicName
from .templates import story_html


@dataclass(frozen=True, slots=True)
class Led:
    """Who published the lead of a story."""

    provider: ProviderName


@dataclass(frozen=True, slots=True)
class Glance:
    """Of the card of a story, what lists arrange it by; read in a moment."""

    pinned: bool
    lead: Led
    topics: tuple[TopicName, ...]


_shape = msgspec.json.Decoder(StoryCard)
_glance = msgspec.json.Decoder(Glance)


def render_stories(
    stories: Sequence[Story], *, bodies: bool = True
) -> list[RenderedStory]:
    """Render listed stories, in their order; the same few queries for all.

    The rows are not saved. The page of a story of one page is left to `page_html`, and
    so are all pages without `bodies`.
    """
    pages, topics = coverage_pages(stories), topics_of(stories)
    several = [held for held in pages.values() if bodies and len(held) > 1]
    evidence = story_evidence(page for held in several for page in held)
    found = []
    for story in stories:
        held, named = pages[story.pk], topics.get(story.pk, ())
        if bodies and len(held) > 1:
            known = evidence.get(story.pk, NOTHING)
            body = story_body(story, held, named, known)
            found.append(_rendered(story, body.card, body_html(body)))
        else:
            summaries = page_summaries(held, lead_id=story.lead_id)
            found.append(_rendered(story, story_card(story, summaries, named)))
    return found


def _rendered(story: Story, card: StoryCard, body: str = "") -> RenderedStory:
    return RenderedStory(
        story=story,
        made_by=today(),
        glance=_encoded(Glance(card.pinned, Led(card.lead.provider), card.topics)),
        dense=dense_html(card),
        card=card_html(card),
        shape=_encoded(card),
        body=body,
    )


def _encoded(values: object) -> str:
    return msgspec.json.encode(values).decode()


def today() -> str:
    """The word under which stories are rendered now."""
    return fingerprint(shown=("LANGUAGE_CODE", "TIME_ZONE", "HALF_LIFE", *OF_PICTURES))


def is_current(made_by: str | None) -> bool:
    """Whether what was rendered under this word is what would be rendered now."""
    return made_by == today()


def shape_of(text: str) -> StoryCard:
    """The card whose values these are."""
    return _shape.decode(text)


def glance_at(text: str) -> Glance:
    """The same, as far as lists look at it."""
    return _glance.decode(text)


def page_html(card: StoryCard, body: str) -> SafeString:
    """The page of a story as it was rendered; that of one page is so now."""
    return ready(body) if body else body_html(body_of_one(card))


def rendered_now(story: Story, *, order: str) -> tuple[StoryCard, SafeString]:
    """The card and the page of a listed story, its coverage in an order."""
    pages = coverage_pages([story])[story.pk]
    body = story_body(
        story,
        pages,
        topics_of([story]).get(story.pk, ()),
        story_evidence(pages).get(story.pk, NOTHING),
        order=order,
    )
    return body.card, body_html(body)


def ready(html: str) -> SafeString:
    """HTML that was rendered here and kept; what came from drops was escaped then."""
    return SafeString(html)


def card_html(card: StoryCard) -> SafeString:
    """A card as it stands in lists."""
    return story_html("card.html", card=card, size=card.size)


def dense_html(card: StoryCard) -> SafeString:
    """The card in lists by what is new: a line where one publisher reports it."""
    if card.size == "alone":
        return story_html("single.html", card=card)
    return story_html("card.html", card=card, size=card.size, dense=True)


def body_html(body: StoryBody) -> SafeString:
    """The page of a story but for what leads to other stories."""
    return story_html("body.html", story=body)
