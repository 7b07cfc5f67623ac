"""The conditions that filters lay on pages, as querysets; some on stories, too.

Some have two shapes. Asked page by page, along the order of a list, they
leave the order to its index. As keys of stories they let a list begin with the few that
meet them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from articles.models import ArticleTopic, Page, Provider, Story, StoryTopic
from articles.models.page import PageQuerySet
from articles.models.story import StoryQuerySet
from articles.rendering.summaries import HAS_PICTURE
from articles.search import SearchQuery, matching
from articles.selectors.names import KnownName


def with_words(pages: PageQuerySet, words: str | SearchQuery) -> PageQuerySet:
    return matching(words, pages)


def newest_with_words(query: SearchQuery, *, most: int) -> PageQuerySet:
    return matching(query, Page.objects.visible(), most=most)


def newest_on_topics(topics: Iterable[KnownName], *, most: int) -> PageQuerySet:
    """Of each topic so many stories and single pages, the newest."""
    found = Q()
    for topic in topics:
        labels = StoryTopic.objects.filter(topic=topic.pk)
        stories = labels.order_by("-latest_at", "-public_id")[:most]
        own = ArticleTopic.objects.filter(topic=topic.pk).order_by("-published_at")
        found |= Q(story__in=stories.values("story"))
        found |= Q(story__lead=None, article__in=own[:most].values("article"))
    return Page.objects.visible().filter(found)


def newest_of_publishers(providers: Iterable[KnownName], *, most: int) -> PageQuerySet:
    """Of each publisher so many pages, the newest."""
    found = Q()
    for provider in providers:
        pages = Page.objects.visible().filter(provider=provider.pk)
        found |= Q(pk__in=newest(pages, most=most).values("pk"))
    return Page.objects.visible().filter(found)


def newest(pages: PageQuerySet, *, most: int | None = None) -> PageQuerySet:
    return pages.order_by("-published_at", "-public_id")[:most]


def on_topics(pages: PageQuerySet, topics: Iterable[KnownName]) -> PageQuerySet:
    """Pages of stories on any of the topics, or alone with one of their own."""
    labels, own = _labels(topics)
    alone = Q(Exists(own.filter(article=OuterRef("article"))), story__lead=None)
    return pages.filter(Exists(labels.filter(story=OuterRef("story"))) | alone)


def of_publishers(pages: PageQuerySet, providers: Sequence[KnownName]) -> PageQuerySet:
    """Pages of any of the publishers; those of one are in order by their own index."""
    if len(providers) == 1:
        return pages.filter(provider__in=_keys(providers))
    chosen = Provider.objects.filter(pk__in=_keys(providers))
    return pages.filter(Exists(chosen.filter(pk=OuterRef("provider"))))


def from_day(pages: PageQuerySet, day: date) -> PageQuerySet:
    return pages.filter(published_at__gte=midnight(day))


def to_day(pages: PageQuerySet, day: date) -> PageQuerySet:
    return pages.filter(published_at__lt=midnight(day + timedelta(days=1)))


def of_quality(pages: PageQuerySet, least: int) -> PageQuerySet:
    return pages.filter(quality__gte=least)


def of_type(pages: PageQuerySet, kind: str) -> PageQuerySet:
    return pages.filter(type=kind)


def with_picture(pages: PageQuerySet, value: str) -> PageQuerySet:
    return pages.filter(HAS_PICTURE)


def covered_by(pages: PageQuerySet, least: int) -> PageQuerySet:
    """Pages of stories for readers that so many publishers cover."""
    return pages.filter(story__lead__isnull=False, story__provider_count__gte=least)


def stories_on_topics(
    stories: StoryQuerySet, topics: Iterable[KnownName]
) -> StoryQuerySet:
    labels, _ = _labels(topics)
    return stories.filter(Exists(labels.filter(story=OuterRef("pk"))))


def stories_covered_by(stories: StoryQuerySet, least: int) -> StoryQuerySet:
    return stories.filter(provider_count__gte=least)


def keys_on_topics(topics: Iterable[KnownName]) -> QuerySet[Any, Any]:
    """Keys of the stories on topics; of one topic the newest first."""
    chosen = _keys(topics)
    labels = StoryTopic.objects.filter(topic__in=chosen)
    if len(chosen) == 1:
        labels = labels.order_by("-latest_at", "-public_id")
    return labels.values("story")


def keys_of_publishers(providers: Iterable[KnownName]) -> QuerySet[Any, Any]:
    """Keys of the stories of publishers' pages; of one publisher the newest first."""
    chosen = _keys(providers)
    pages = Page.objects.visible().filter(provider__in=chosen)
    return keys_of(newest(pages) if len(chosen) == 1 else pages)


def keys_of_quality(least: int) -> QuerySet[Any, Any]:
    return keys_of(of_quality(Page.objects.visible(), least))


def keys_covered_by(least: int) -> QuerySet[Any, Any]:
    found = stories_covered_by(Story.objects.listed(), least)
    return found.order_by("-provider_count", "-latest_at", "-public_id").values("pk")


def keys_of(pages: PageQuerySet) -> QuerySet[Any, Any]:
    """Keys of the stories that pages belong to, in the order of the pages."""
    return pages.values("story")


def _labels(
    topics: Iterable[KnownName],
) -> tuple[QuerySet[StoryTopic], QuerySet[ArticleTopic]]:
    chosen = _keys(topics)
    return (
        StoryTopic.objects.filter(topic__in=chosen),
        ArticleTopic.objects.filter(topic__in=chosen),
    )


def _keys(named: Iterable[KnownName]) -> list[int]:
    return [one.pk for one in named]


def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
