"""Publishers and the page of one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Q
from django.utils import timezone

from articles.models import Page, Provider, Story

from .cursor import NEWEST_PAGES
from .feed import PAGE_SIZE, counted
from .lines import ProviderName, StoryLine, story_lines


@dataclass(frozen=True, slots=True)
class ProviderCount:
    """A publisher with how many visible pages it has and how many stories it leads."""

    provider: ProviderName
    pages: int
    leads: int
    newest_at: datetime


@dataclass(frozen=True, slots=True)
class ProviderDay:
    """The publisher's pages of one day, newest first."""

    day: date
    lines: tuple[StoryLine, ...]


@dataclass(frozen=True, slots=True)
class ProviderPage:
    """One publisher and a page of what it reported, newest first."""

    provider: ProviderName
    page_total: str
    lead_total: int  # stories it leads
    days: tuple[ProviderDay, ...]
    next_cursor: str | None
    is_first: bool


def provider_index() -> tuple[ProviderCount, ...]:
    """Every publisher of a visible page, in the order of names."""
    seen = Q(pages__is_visible=True)
    rows = (
        Provider.objects.annotate(
            held=Count("pages", filter=seen, distinct=True),
            led=Count("pages__leads", filter=seen, distinct=True),
            newest=Max("pages__published_at", filter=seen),
        )
        .filter(held__gt=0)
        .order_by("name", "domain")
    )
    return tuple(
        ProviderCount(ProviderName(row.name, row.domain), row.held, row.led, row.newest)
        for row in rows
    )


def provider_page(domain: str, *, before: str | None = None) -> ProviderPage | None:
    """The page of a publisher with visible pages, else None; raises InvalidCursor."""
    provider = Provider.objects.filter(domain=domain).first()
    if provider is None:
        return None
    pages = Page.objects.visible().filter(provider=provider)
    total = counted(pages)
    if total == "0":
        return None
    shown, going_on = NEWEST_PAGES.page(
        pages.select_related("provider", "story__lead"), size=PAGE_SIZE, before=before
    )
    return ProviderPage(
        provider=ProviderName(provider.name, provider.domain),
        page_total=total,
        lead_total=Story.objects.listed().filter(lead__provider=provider).count(),
        days=_by_days(shown),
        next_cursor=going_on,
        is_first=not before,
    )


def _by_days(pages: Sequence[Page]) -> tuple[ProviderDay, ...]:
    days: dict[date, list[StoryLine]] = defaultdict(list)
    for found in story_lines(pages):
        days[timezone.localdate(found.line.published_at)].append(found)
    return tuple(ProviderDay(day, tuple(lines)) for day, lines in days.items())
