"""Stories as HTML: the one place where templates make it ahead of a request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import msgspec
from django.conf import settings
from django.template import Context, Template
from django.template.loader import get_template
from django.utils.safestring import SafeString

from articles.fingerprint import fingerprint
from articles.library.story import NOTHING, story_evidence
from articles.models import Page, RenderedStory, Story

from .cards import StoryCard, coverage_pages, page_summaries, story_card, topics_of
from .story import StoryBody, body_of_one, story_body
from .summaries import TopicName

_shape = msgspec.json.Decoder(StoryCard)


def render_stories(
    stories: Sequence[Story], *, bodies: bool = True
) -> list[RenderedStory]:
    """Render listed stories, in their order; the same few queries for all.

    The rows are not saved. The page of a story of one page is left to `page_html`, and
    so are all pages without `bodies`.
    """
    pages, topics = coverage_pages(stories), topics_of(stories)
    if not bodies:
        return [
            _rendered(story, _card(story, pages[story.pk], topics)) for story in stories
        ]
    evidence = story_evidence(page for held in pages.values() for page in held)
    found = []
    for story in stories:
        body = story_body(
            story,
            pages[story.pk],
            topics.get(story.pk, ()),
            evidence.get(story.pk, NOTHING),
        )
        several = body.card.page_count > 1
        html = body_html(body) if several else ""
        found.append(_rendered(story, body.card, html))
    return found


def _card(
    story: Story,
    pages: Sequence[Page],
    topics: Mapping[int, tuple[TopicName, ...]],
) -> StoryCard:
    summaries = page_summaries(pages, lead_id=story.lead_id)
    return story_card(story, summaries, topics.get(story.pk, ()))


def _rendered(story: Story, card: StoryCard, body: str = "") -> RenderedStory:
    return RenderedStory(
        story=story,
        made_by=fingerprint(),
        shape=msgspec.json.encode(card).decode(),
        card=card_html(card),
        body=body,
    )


def is_current(made_by: str | None) -> bool:
    """Whether what was rendered under this word is what would be rendered now."""
    return made_by == fingerprint()


def shape_of(text: str) -> StoryCard:
    """The card whose values these are."""
    return _shape.decode(text)


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
    return _render("articles/_story_card.html", {"card": card, "size": card.size})


def body_html(body: StoryBody) -> SafeString:
    """The page of a story but for what leads to other stories."""
    return _render("articles/_story_body.html", {"story": body})


def _render(name: str, given: Mapping[str, object]) -> SafeString:
    # Numbers are spelled in words by code; those left are of drawings.
    context = Context({**given, "images_mode": settings.IMAGES}, use_l10n=False)
    template = _template(name) if not settings.DEBUG else _read(name)
    return template.render(context)


def _read(name: str) -> Template:
    found: Template = get_template(name).template  # type: ignore[attr-defined]
    return found


_template = cache(_read)
