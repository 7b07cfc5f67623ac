"""Topics and the page of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from articles.models import Page, StoryTopic, Topic
from articles.rendering.summaries import ProviderName, TopicName
from articles.selectors.cards import CardList, by_days, listed_cards
from articles.selectors.cursor import Keyset
from articles.selectors.feed import COUNTED, PAGE_SIZE

from .activity import NEWEST_LISTED, Activity, activity
from .alphabet import Index, index

PROVIDERS = 8

_NEWEST = Keyset(("latest_at", "public_id"), (datetime, str))


@dataclass(frozen=True, slots=True)
class TopicCount:
    """A topic with how many listed stories it has and its newest coverage."""

    topic: TopicName
    stories: str  # "12", "2,677"
    newest_at: datetime


@dataclass(frozen=True, slots=True)
class TopicProvider:
    """A publisher, and how many stories on the topic it has a page in."""

    provider: ProviderName
    stories: int


@dataclass(frozen=True, slots=True)
class TopicHead:
    """What the page of a topic shows beside its newest stories."""

    newest_at: datetime
    activity: Activity
    providers: tuple[TopicProvider, ...]  # of its newest 1,000 stories, most first
    is_cut: bool  # it has more stories than these


@dataclass(frozen=True, slots=True)
class TopicPage:
    """One topic and a page of its stories, newest coverage first.

    Only the first page of the list has the `head`.
    """

    topic: TopicName
    story_total: str
    stories: CardList
    head: TopicHead | None


def topic_index() -> Index[TopicCount]:
    """Every topic of a listed story; one query."""
    rows = Topic.objects.exclude(newest_at=None).order_by("key")
    entries = [
        TopicCount(TopicName(row.name, row.slug), f"{row.story_count:,}", row.newest_at)
        for row in rows
        if row.newest_at
    ]
    return index(entries, lambda entry: entry.topic.name)


def topic_page(slug: str, *, before: str | None = None) -> TopicPage | None:
    """The page of a topic with listed stories, else None; raises InvalidCursor.

    Six queries, four where the list goes on.
    """
    found = Topic.objects.filter(slug=slug).annotate(newest=NEWEST_LISTED)
    topic = found.first()
    if topic is None or topic.newest_at is None:
        return None
    labels = StoryTopic.objects.filter(topic=topic)
    places = labels.values_list(*_NEWEST.fields, "story_id", named=True)
    shown, going_on = _NEWEST.page(places, size=PAGE_SIZE, before=before)
    head = None
    if not before:
        until = topic.newest or topic.newest_at
        head = TopicHead(
            newest_at=topic.newest_at,
            activity=activity(topic.days.all(), noun="story", newest=until),
            providers=_providers(labels),
            is_cut=topic.story_count > COUNTED,
        )
    cards = listed_cards([label.story_id for label in shown])
    return TopicPage(
        topic=TopicName(topic.name, topic.slug),
        story_total=f"{topic.story_count:,}",
        stories=CardList(by_days(cards), going_on, is_first=not before),
        head=head,
    )


def _providers(labels: QuerySet[StoryTopic]) -> tuple[TopicProvider, ...]:
    """Who has visible pages in the newest stories on the topic, most first."""
    newest = labels.order_by("-latest_at", "-public_id")[:COUNTED]
    rows = (
        Page.objects.visible()
        .filter(story__in=newest.values("story"))
        .values_list("provider__name", "provider__domain")
        .annotate(held=Count("story", distinct=True))
        .order_by()
    )
    ranked = sorted(rows, key=lambda row: (-row[2], row[0].casefold(), row[1]))
    return tuple(
        TopicProvider(ProviderName(name, domain), held)
        for name, domain, held in ranked[:PROVIDERS]
    )
