"""The pages of the archive: all years, a year, a month."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber

from articles.models import Story
from articles.models.sql import Prepared, given
from articles.models.story import story_slug

from .days import Nearest, Sheet, Span, gathered, nearest, sheet, span, stories_by_day

HEADLINES = 2  # of each day on the page of a month


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year and its twelve months."""

    year: Span
    months: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Archive:
    """All years with stories, newest first."""

    years: tuple[YearRow, ...]
    stories: int
    days: int  # with an edition
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class YearPage:
    """A year from its first month with stories to its last."""

    year: Span
    sheets: tuple[Sheet, ...]
    nearest: Nearest


@dataclass(frozen=True, slots=True)
class Headline:
    """A story in a word: its address, its title, who leads it."""

    id: str
    slug: str
    title: str
    provider: str


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day with an edition and its best stories."""

    day: Span
    headlines: tuple[Headline, ...]


@dataclass(frozen=True, slots=True)
class MonthPage:
    """A month as a calendar and as a list of its days with an edition."""

    sheet: Sheet
    days: tuple[MonthDay, ...]
    nearest: Nearest


def archive() -> Archive | None:
    """The whole archive; None before the first story is listed."""
    days = stories_by_day(date.min, date.max)
    if not days:
        return None
    months = gathered(days, day=1)
    years = gathered(months, month=1)
    most = max(months.values())
    rows = [
        YearRow(
            Span(year, stories),
            tuple(
                span(year.replace(month=month), months, most=most)
                for month in range(1, 13)
            ),
        )
        for year, stories in years.items()
    ]
    return Archive(
        years=tuple(reversed(rows)),
        stories=sum(days.values()),
        days=len(days),
        first=min(days),
        last=max(days),
    )


def year_page(first: date, last: date) -> YearPage | None:
    """The year between two days; None where no story began in it."""
    days = stories_by_day(first, last)
    if not days:
        return None
    months = range(min(days).month, max(days).month + 1)
    return YearPage(
        year=Span(first, sum(days.values())),
        sheets=tuple(sheet(first.replace(month=month), days) for month in months),
        nearest=nearest(first, last),
    )


def month_page(first: date, last: date) -> MonthPage | None:
    """The month between two days; None where no story began in it."""
    days = stories_by_day(first, last)
    if not days:
        return None
    best = _headlines(first, last)
    most = max(days.values())
    return MonthPage(
        sheet=sheet(first, days),
        days=tuple(
            MonthDay(span(day, days, most=most), tuple(best.get(day, ())))
            for day in days
        ),
        nearest=nearest(first, last),
    )


def _headlines(first: date, last: date) -> dict[date, list[Headline]]:
    """The best stories of each day, asked for at once."""
    found: dict[date, list[Headline]] = defaultdict(list)
    rows = sorted(_BEST.rows(first=first, last=last), reverse=True)
    for _, id, day, title, lead, provider in rows:
        story = Headline(id, story_slug(title, lead), title or lead, provider)
        found[day].append(story)
    return found


def _best() -> QuerySet[Story, Any]:
    order = F("weight").desc(), F("public_id").desc()
    of_period = Story.objects.listed().filter(
        first_on__gte=given("first"), first_on__lte=given("last")
    )
    ranked = of_period.annotate(
        place=Window(RowNumber(), partition_by=[F("first_on")], order_by=[*order])
    )
    best = ranked.filter(place__lte=HEADLINES).values("pk")
    return (
        Story.objects.listed()
        .filter(pk__in=best)
        .values_list(
            "weight",
            "public_id",
            "first_on",
            "title",
            "lead__title",
            "lead__provider__name",
        )
    )


_BEST = Prepared(_best)
