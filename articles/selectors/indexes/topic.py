"""Topics and the page of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count

from articles.models import Page, StoryTopic, Topic, Totals
from articles.models.sql import Prepared, aware, given
from articles.rendering.summaries import ProviderName, TopicName
from articles.selectors.cards import CardList, ListedCard, by_days, listed_cards
from articles.selectors.cursor import Keyset, Paged
from articles.selectors.feed import COUNTED, PAGE_SIZE

from .activity import TOPIC_DAYS, Activity, activity
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
    entries = [
        TopicCount(TopicName(name, slug), f"{stories:,}", aware(newest_at))
        for name, slug, stories, newest_at in _INDEX.rows()
    ]
    return index(entries, lambda entry: entry.topic.name)


def topic_page(slug: str, *, before: str | None = None) -> TopicPage | None:
    """The page of a topic with listed stories, else None; raises InvalidCursor.

    Six queries, three where the list goes on.
    """
    found = _OF_SLUG.row(slug=slug)
    if found is None:
        return None
    pk, name, stories, newest_at = found
    shown, going_on = _STORIES.page(before, topic=pk)
    cards = listed_cards([story for *_, story in shown], dense_from=0)
    return TopicPage(
        topic=TopicName(name, slug),
        story_total=f"{stories:,}",
        stories=CardList(by_days(cards), going_on, is_first=not before),
        head=None if before else _head(pk, stories, newest_at=aware(newest_at)),
    )


def newest_on(slug: str) -> tuple[TopicName, list[ListedCard]] | None:
    """A topic with listed stories and the newest of these; three queries."""
    found = _OF_SLUG.row(slug=slug)
    if found is None:
        return None
    pk, name, *_ = found
    shown, _ = _STORIES.page(None, topic=pk)
    return TopicName(name, slug), listed_cards([story for *_, story in shown])


def _head(topic: int, stories: int, *, newest_at: datetime) -> TopicHead:
    _, until = Totals.read()
    return TopicHead(
        newest_at=newest_at,
        activity=activity(TOPIC_DAYS, topic, noun="story", newest=until or newest_at),
        providers=_providers(topic),
        is_cut=stories > COUNTED,
    )


def _providers(topic: int) -> tuple[TopicProvider, ...]:
    """Who has visible pages in the newest stories on the topic, most first."""
    rows = _PROVIDERS.rows(topic=topic)
    ranked = sorted(rows, key=lambda row: (-row[2], row[0].casefold(), row[1]))
    return tuple(
        TopicProvider(ProviderName(name, domain), held)
        for name, domain, held in ranked[:PROVIDERS]
    )


def _newest() -> Any:
    """The keys of the newest stories on the topic, as far as they are counted."""
    labels = StoryTopic.objects.filter(topic=given("topic"))
    return labels.order_by("-latest_at", "-public_id")[:COUNTED].values("story")


_INDEX = Prepared(
    lambda: (
        Topic.objects.exclude(newest_at=None)
        .order_by("key")
        .values_list("name", "slug", "story_count", "newest_at")
    )
)
_OF_SLUG = Prepared(
    lambda: Topic.objects.filter(
        slug=given("slug"), newest_at__isnull=False
    ).values_list("pk", "name", "story_count", "newest_at")
)
_STORIES = Paged(
    _NEWEST,
    lambda topic: StoryTopic.objects.filter(topic=topic).values_list(
        *_NEWEST.fields, "story_id"
    ),
    "topic",
    size=PAGE_SIZE,
)
_PROVIDERS = Prepared(
    lambda: (
        Page.objects.visible()
        .filter(story__in=_newest())
        .values_list("provider__name", "provider__domain")
        .annotate(held=Count("story", distinct=True))
        .order_by()
    )
)
