"""Publishers and the page of one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count
from django.utils import timezone

from articles.models import Page, Provider, Story, StoryTopic
from articles.models.page import PageQuerySet
from articles.rendering.summaries import (
    PageInStory,
    ProviderName,
    TopicName,
    pages_in_stories,
)
from articles.rules.text.alphabet import namesakes
from articles.selectors.cursor import NEWEST_PAGES
from articles.selectors.feed import COUNTED, PAGE_SIZE

from .activity import NEWEST_LISTED, Activity, activity
from .alphabet import Index, index
from .report import ProviderReport, provider_report

TOPICS = 8


@dataclass(frozen=True, slots=True)
class ProviderCount:
    """A publisher with how many visible pages it has and when the newest came out."""

    provider: ProviderName
    pages: str  # "12", "2,677"
    newest_at: datetime
    has_namesake: bool  # only the domain tells it from another


@dataclass(frozen=True, slots=True)
class ProviderDay:
    """The publisher's pages of one day, newest first."""

    day: date
    pages: tuple[PageInStory, ...]


@dataclass(frozen=True, slots=True)
class ProviderTopic:
    """A topic, and how many stories on it the publisher has a page in."""

    topic: TopicName
    stories: int


@dataclass(frozen=True, slots=True)
class ProviderHead:
    """What the page of a publisher shows beside its newest pages."""

    newest_at: datetime
    leads: int  # stories, of those that its newest 1,000 pages are in
    activity: Activity
    topics: tuple[ProviderTopic, ...]  # most first
    report: ProviderReport | None  # None: it shares no story
    is_cut: bool  # it has more pages than those 1,000


@dataclass(frozen=True, slots=True)
class ProviderPage:
    """One publisher and a page of what it reported, newest first.

    Only the first page of the list has the `head`.
    """

    provider: ProviderName
    page_total: str
    days: tuple[ProviderDay, ...]
    next_cursor: str | None
    is_first: bool
    head: ProviderHead | None


def provider_index() -> Index[ProviderCount]:
    """Every publisher of a visible page; one query."""
    rows = Provider.objects.exclude(newest_at=None)
    shared = namesakes(row.name for row in rows)
    entries = [
        ProviderCount(
            ProviderName(row.name, row.domain),
            f"{row.page_count:,}",
            row.newest_at,
            has_namesake=row.name in shared,
        )
        for row in sorted(rows, key=lambda row: row.domain)
        if row.newest_at
    ]
    return index(entries, lambda entry: entry.provider.name)


def provider_page(domain: str, *, before: str | None = None) -> ProviderPage | None:
    """The page of a publisher with visible pages, else None; raises InvalidCursor.

    Seven queries, two where the list goes on.
    """
    found = Provider.objects.filter(domain=domain).annotate(until=NEWEST_LISTED)
    provider = found.first()
    if provider is None or provider.newest_at is None:
        return None
    pages = Page.objects.visible().filter(provider=provider)
    shown, going_on = NEWEST_PAGES.page(
        pages.select_related("provider", "story__lead"), size=PAGE_SIZE, before=before
    )
    head = None
    if not before:
        at = provider.newest_at
        head = _head(provider, pages, newest_at=at, until=provider.until or at)
    return ProviderPage(
        provider=ProviderName(provider.name, provider.domain),
        page_total=f"{provider.page_count:,}",
        days=_by_days(shown),
        next_cursor=going_on,
        is_first=not before,
        head=head,
    )


def _head(
    provider: Provider, pages: PageQuerySet, *, newest_at: datetime, until: datetime
) -> ProviderHead:
    newest = pages.order_by("-published_at", "-public_id")[:COUNTED]
    return ProviderHead(
        newest_at=newest_at,
        leads=Story.objects.listed().filter(lead__in=newest.values("pk")).count(),
        activity=activity(provider.days.all(), noun="page", newest=until),
        topics=_topics(newest),
        report=provider_report(provider),
        is_cut=provider.page_count > COUNTED,
    )


def _topics(pages: PageQuerySet) -> tuple[ProviderTopic, ...]:
    """What the stories of these pages are about, most first."""
    rows = (
        StoryTopic.objects.filter(story__in=pages.values("story"))
        .values_list("topic__name", "topic__slug")
        .annotate(held=Count("pk"))
        .order_by()
    )
    ranked = sorted(rows, key=lambda row: (-row[2], row[0].casefold(), row[1]))
    return tuple(
        ProviderTopic(TopicName(name, slug), held)
        for name, slug, held in ranked[:TOPICS]
    )


def _by_days(pages: Sequence[Page]) -> tuple[ProviderDay, ...]:
    days: dict[date, list[PageInStory]] = defaultdict(list)
    for found in pages_in_stories(pages):
        days[timezone.localdate(found.page.published_at)].append(found)
    return tuple(ProviderDay(day, tuple(of_day)) for day, of_day in days.items())
