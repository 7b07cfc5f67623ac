"""How much came when on a topic or from a publisher: a drawing, and the same in words.

Time ends with the newest coverage of any listed story, not now: a site that rests shows
its last weeks as they were.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet, Subquery
from django.utils import timezone

from articles.drawing.sparkline import Sparkline, sparkline
from articles.drawing.steps import are_sparse, months_up_to, weeks_up_to
from articles.models import Story
from articles.rules.dates import day_in_words, month_in_words
from articles.rules.phrasing import counted, plural
from articles.selectors.counting import counts_between

# To be annotated where a page asks for something else anyway.
NEWEST_LISTED = Subquery(
    Story.objects.listed().order_by("-latest_at", "-public_id").values("latest_at")[:1]
)


@dataclass(frozen=True, slots=True)
class Activity:
    """A sparkline with what its ends are called, and its table, earliest first."""

    drawing: Sparkline
    nouns: str  # "stories" or "pages"
    unit: str  # "week" or "month"
    total: int
    total_words: str  # "2,371 pages"
    first: str
    last: str
    table: tuple[tuple[str, int], ...]

    @property
    def peak(self) -> str:
        """The count of the one step that stands out, "" if none does."""
        return next((f"{bar.count:,}" for bar in self.drawing.bars if bar.is_peak), "")


def activity(
    rows: QuerySet[Any], field: str, *, noun: str, newest: datetime
) -> Activity:
    """Count rows by the weeks up to `newest`, or by months where weeks are sparse.

    One query; `field` must come second in an index, after what `rows` are chosen by.
    """
    today = timezone.localdate(newest)
    weeks, months = weeks_up_to(today), months_up_to(today)
    ranges = [*_ranges(weeks), *_ranges(months)]
    counts = counts_between(rows, field, ranges)
    by_week, by_month = counts[: len(weeks) - 1], counts[len(weeks) - 1 :]
    if are_sparse(by_week, by_month):
        names = [month_in_words(first) for first in months[:-1]]
        return _drawn(by_month, names, noun=noun, unit="month")
    names = [day_in_words(after - timedelta(days=1)) for after in weeks[1:]]
    return _drawn(by_week, names, noun=noun, unit="week")


def midnight(day: date) -> datetime:
    """When a day begins in the site's zone."""
    return timezone.make_aware(datetime.combine(day, time.min))


def _ranges(days: Sequence[date]) -> list[tuple[datetime, datetime]]:
    edges = [midnight(day) for day in days]
    return list(zip(edges, edges[1:], strict=False))


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
