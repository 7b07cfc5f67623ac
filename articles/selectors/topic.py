"""Topics and the page of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, QuerySet

from articles.models import StoryTopic, Topic

from .cards import CardList, by_days, story_cards
from .cursor import Keyset
from .feed import PAGE_SIZE, counted
from .lines import TopicName

_NEWEST = Keyset(("latest_at", "public_id"), (datetime, str))


@dataclass(frozen=True, slots=True)
class TopicCount:
    """A topic with how many listed stories it has and its newest coverage."""

    topic: TopicName
    stories: int
    newest_at: datetime


@dataclass(frozen=True, slots=True)
class TopicPage:
    """One topic and a page of its stories, newest coverage first."""

    topic: TopicName
    story_total: str
    stories: CardList


def topic_index() -> tuple[TopicCount, ...]:
    """Every topic of a listed story, in the order of names."""
    rows = (
        Topic.objects.filter(labelled__isnull=False)
        .annotate(held=Count("labelled"), newest=Max("labelled__latest_at"))
        .order_by("key")
    )
    return tuple(
        TopicCount(TopicName(row.name, row.slug), row.held, row.newest) for row in rows
    )


def topic_page(slug: str, *, before: str | None = None) -> TopicPage | None:
    """The page of a topic with listed stories, else None; raises InvalidCursor."""
    topic = Topic.objects.filter(slug=slug).first()
    if topic is None:
        return None
    labels = StoryTopic.objects.filter(topic=topic)
    total = counted(labels)
    if total == "0":
        return None
    return TopicPage(
        TopicName(topic.name, topic.slug), total, _stories(labels, before=before)
    )


def _stories(labels: QuerySet[StoryTopic], *, before: str | None) -> CardList:
    shown, going_on = _NEWEST.page(
        labels.select_related("story"), size=PAGE_SIZE, before=before
    )
    cards = story_cards([label.story for label in shown])
    return CardList(by_days(cards), going_on, is_first=not before)
