"""How much came when on a topic or from a publisher: a drawing, and the same in words.

Time ends with the newest coverage of any listed story, not now: a site that rests shows
its last weeks as they were.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Model, QuerySet
from django.utils import timezone

from articles.drawing.sparkline import Sparkline, sparkline
from articles.drawing.steps import are_sparse, months_up_to, weeks_up_to
from articles.models import ProviderDay, TopicDay
from articles.models.sql import Prepared, given
from articles.rules.dates import day_in_words, month_in_words
from articles.rules.phrasing import counted, plural


def _within(days: QuerySet[Model, Model]) -> QuerySet[Model, tuple[date, int]]:
    within = days.filter(day__gte=given("first"), day__lt=given("after"))
    return within.values_list("day", "number")


# The days that activities are drawn from.
TOPIC_DAYS = Prepared(lambda: _within(TopicDay.objects.filter(topic=given("of"))))
PROVIDER_DAYS = Prepared(
    lambda: _within(ProviderDay.objects.filter(provider=given("of")))
)


@dataclass(frozen=True, slots=True)
class Activity:
    """A sparkline with what its ends are called, and its table, earliest first."""

    drawing: Sparkline
    nouns: str  # "stories" or "articles"
    unit: str  # "week" or "month"
    total: int
    total_words: str  # "2,371 articles"
    first: str
    last: str
    table: tuple[tuple[str, int], ...]

    @property
    def peak(self) -> str:
        """The count of the one step that stands out, "" if none does."""
        return next((f"{bar.count:,}" for bar in self.drawing.bars if bar.is_peak), "")


def activity(days: Prepared, of: int, *, noun: str, newest: datetime) -> Activity:
    """Counts of days by the weeks up to `newest`, or by months where weeks are sparse.

    They are those `of` a topic or publisher. One query: a row for each day with any.
    """
    today = timezone.localdate(newest)
    weeks, months = weeks_up_to(today), months_up_to(today)
    first, after = min(weeks[0], months[0]), max(weeks[-1], months[-1])
    held = days.rows(of=of, first=first, after=after)
    by_week, by_month = _gathered(held, weeks), _gathered(held, months)
    if are_sparse(by_week, by_month):
        names = [month_in_words(first) for first in months[:-1]]
        return _drawn(by_month, names, noun=noun, unit="month")
    names = [day_in_words(after - timedelta(days=1)) for after in weeks[1:]]
    return _drawn(by_week, names, noun=noun, unit="week")


def midnight(day: date) -> datetime:
    """When a day begins in the site's zone."""
    return timezone.make_aware(datetime.combine(day, time.min))


def _gathered(held: Sequence[tuple[Any, ...]], edges: Sequence[date]) -> list[int]:
    """Counts of days added up from each edge to the day before the next."""
    counts = [0] * (len(edges) - 1)
    for day, number in held:
        place = bisect_right(edges, day) - 1
        if 0 <= place < len(counts):
            counts[place] += number
    return counts


def _drawn(
    counts: Sequence[int], names: Sequence[str], *, noun: str, unit: str
) -> Activity:
    return Activity(
        drawing=sparkline(counts, names, noun=noun, unit=unit),
        nouns=plural(noun),
        unit=unit,
        total=sum(counts),
        total_words=counted(sum(counts), noun),
        first=names[0],
        last=names[-1],
        table=tuple(zip(names, counts, strict=True)),
    )
