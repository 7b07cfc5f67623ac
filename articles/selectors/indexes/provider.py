"""Publishers and the page of one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Func, IntegerField, QuerySet
from django.utils import timezone

from articles.models import Page, Provider, Story, StoryTopic, Totals
from articles.models.page import PageQuerySet
from articles.models.sql import Prepared, aware, given
from articles.rendering.summaries import PageInStory, ProviderName, TopicName
from articles.rules.text.alphabet import namesakes
from articles.selectors.cursor import NEWEST_PAGES, Paged
from articles.selectors.feed import COUNTED, PAGE_SIZE
from articles.selectors.page_rows import IN_STORY, PageRow, page_rows

from .activity import PROVIDER_DAYS, Activity, activity
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
    rows = _INDEX.rows()
    shared = namesakes(name for name, *_ in rows)
    entries = [
        ProviderCount(
            ProviderName(name, domain),
            f"{pages:,}",
            aware(newest_at),
            has_namesake=name in shared,
        )
        for name, domain, pages, newest_at in rows
    ]
    return index(entries, lambda entry: entry.provider.name)


def provider_page(domain: str, *, before: str | None = None) -> ProviderPage | None:
    """The page of a publisher with visible pages, else None; raises InvalidCursor.

    Eight queries, two where the list goes on.
    """
    found = _OF_DOMAIN.row(domain=domain)
    if found is None:
        return None
    pk, name, pages, newest_at = found
    shown, going_on = _PAGES.page(before, provider=pk)
    return ProviderPage(
        provider=ProviderName(name, domain),
        page_total=f"{pages:,}",
        days=_by_days(page_rows(shown)),
        next_cursor=going_on,
        is_first=not before,
        head=None if before else _head(pk, pages, newest_at=aware(newest_at)),
    )


def newest_from(domain: str) -> tuple[ProviderName, list[PageInStory]] | None:
    """A publisher with visible pages and the newest of these; two queries."""
    found = _OF_DOMAIN.row(domain=domain)
    if found is None:
        return None
    pk, name, *_ = found
    shown, _ = _PAGES.page(None, provider=pk)
    return ProviderName(name, domain), [row.in_story for row in page_rows(shown)]


def _head(provider: int, pages: int, *, newest_at: datetime) -> ProviderHead:
    _, until = Totals.read()
    leads = _LEADS.rows(provider=provider)
    return ProviderHead(
        newest_at=newest_at,
        leads=leads[0][0] if leads else 0,
        activity=activity(
            PROVIDER_DAYS, provider, noun="article", newest=until or newest_at
        ),
        topics=_topics(provider),
        report=provider_report(provider),
        is_cut=pages > COUNTED,
    )


def _topics(provider: int) -> tuple[ProviderTopic, ...]:
    """What the stories of its newest pages are about, most first."""
    rows = _TOPICS.rows(provider=provider)
    ranked = sorted(rows, key=lambda row: (-row[2], row[0].casefold(), row[1]))
    return tuple(
        ProviderTopic(TopicName(name, slug), held)
        for name, slug, held in ranked[:TOPICS]
    )


def _by_days(pages: Sequence[PageRow]) -> tuple[ProviderDay, ...]:
    days: dict[date, list[PageInStory]] = defaultdict(list)
    for row in pages:
        days[timezone.localdate(aware(row.published_at))].append(row.in_story)
    return tuple(ProviderDay(day, tuple(of_day)) for day, of_day in days.items())


def _named() -> QuerySet[Provider]:
    """Publishers of visible pages, which have a newest one."""
    return Provider.objects.exclude(newest_at=None)


def _newest() -> PageQuerySet:
    """The publisher's newest pages, as far as they are counted."""
    pages = Page.objects.visible().filter(provider=given("provider"))
    return pages.order_by("-published_at", "-public_id")[:COUNTED]


_INDEX = Prepared(
    lambda: (
        _named()
        .order_by("domain")
        .values_list("name", "domain", "page_count", "newest_at")
    )
)
_OF_DOMAIN = Prepared(
    lambda: (
        _named()
        .filter(domain=given("domain"))
        .values_list("pk", "name", "page_count", "newest_at")
    )
)
_PAGES = Paged(
    NEWEST_PAGES,
    lambda provider: (
        Page.objects.visible().filter(provider=provider).values_list(*IN_STORY)
    ),
    "provider",
    size=PAGE_SIZE,
)
_LEADS = Prepared(
    lambda: (
        Story.objects.listed()
        .filter(lead__in=_newest().values("pk"))
        .order_by()
        .values_list(Func("pk", function="COUNT", output_field=IntegerField()))
    )
)
_TOPICS = Prepared(
    lambda: (
        StoryTopic.objects.filter(story__in=_newest().values("story"))
        .values_list("topic__name", "topic__slug")
        .annotate(held=Count("pk"))
        .order_by()
    )
)
