"""The conditions that filters lay on pages, as querysets; some on stories, too.

Some have two shapes. Asked page by page, along the order of a list, they
leave the order to its index. As a way in they let a query begin with the few that meet
them, in no order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from articles.models import ArticleTopic, Page, Provider, StoryTopic
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


def newest(pages: PageQuerySet, *, most: int) -> PageQuerySet:
    return pages.order_by("-published_at", "-public_id")[:most]


def on_topics(pages: PageQuerySet, topics: Iterable[KnownName]) -> PageQuerySet:
    """Pages of stories on any of the topics, or alone with one of their own."""
    labels, own = _labels(topics)
    alone = Q(Exists(own.filter(article=OuterRef("article"))), story__lead=None)
    return pages.filter(Exists(labels.filter(story=OuterRef("story"))) | alone)


def beginning_on_topics(
    pages: PageQuerySet, topics: Iterable[KnownName], *, alone: bool
) -> PageQuerySet:
    """The same as a way in; `alone`: with pages that have no story for readers.

    Without these a page may be there once for each of the topics.
    """
    if not alone:
        return pages.filter(story__labels__topic__in=_keys(topics))
    labels, own = _labels(topics)
    lonely = Q(story__lead=None, article__in=own.values("article"))
    return pages.filter(Q(story__in=labels.values("story")) | lonely)


def of_publishers(pages: PageQuerySet, providers: Sequence[KnownName]) -> PageQuerySet:
    """Pages of any of the publishers; those of one are in order by their own index."""
    if len(providers) == 1:
        return beginning_of_publishers(pages, providers, alone=True)
    chosen = Provider.objects.filter(pk__in=_keys(providers))
    return pages.filter(Exists(chosen.filter(pk=OuterRef("provider"))))


def beginning_of_publishers(
    pages: PageQuerySet, providers: Iterable[KnownName], *, alone: bool
) -> PageQuerySet:
    """The same as a way in, whether or not pages without a story count."""
    return pages.filter(provider__in=_keys(providers))


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
