"""The page of one article."""

from __future__ import annotations

from dataclasses import dataclass

from articles.models import Page, Topic
from articles.rendering.summaries import PageSummary, TopicName, page_summary

from .cards import ListedCard, listed_cards

RELATED = 60


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """Everything the page of a listed article shows."""

    article: PageSummary
    topics: tuple[TopicName, ...]
    story: ListedCard | None
    related: tuple[PageSummary, ...]  # visible pages its list names, in list order
    amp_url: str


def article_page(public_id: str) -> ArticlePage | None:
    """The listed page with this id (or a former one); None where there is none."""
    page = (
        Page.objects.listed()
        .with_id(public_id)
        .select_related("provider", "article", "story")
        .first()
    )
    if page is None:
        return None
    story = page.story
    cards = listed_cards([story.pk]) if story and story.lead_id else []
    return ArticlePage(
        article=page_summary(page, lead_id=story.lead_id if story else None),
        topics=_topics(page),
        story=cards[0] if cards else None,
        related=_related(page),
        amp_url=page.article.amp_url if page.article else "",
    )


def _topics(page: Page) -> tuple[TopicName, ...]:
    topics = Topic.objects.filter(articles__page=page).distinct().order_by("key")
    return tuple(TopicName(topic.name, topic.slug) for topic in topics)


def _related(page: Page) -> tuple[PageSummary, ...]:
    if page.article_id is None:
        return ()
    named = (
        Page.objects.visible()
        .filter(mentions__article=page.article_id)
        .exclude(pk=page.pk)
        .select_related("provider")
        .order_by("mentions__position")[:RELATED]
    )
    # A list may name one page in several wordings; its first place counts.
    return tuple(page_summary(found) for found in dict.fromkeys(named))
