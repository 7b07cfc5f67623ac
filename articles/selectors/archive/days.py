"""Days on which stories began: how many, which are next, laid out as a calendar.

Settling keeps how many stories began on each day, so that a row is read for a day,
and none for a story.
"""

from __future__ import annotations

import calendar
import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from articles.models import Day
from articles.models.sql import Prepared, given

Days = Mapping[date, int]

_DAYS = Prepared(
    lambda: (
        Day.objects.filter(first_on__gte=given("first"))
        .filter(first_on__lte=given("last"))
        .order_by("first_on")
        .values_list("first_on", "story_count")
    )
)
_EARLIER = Prepared(
    lambda: (
        Day.objects.filter(first_on__lt=given("day"))
        .order_by("-first_on")
        .values_list("first_on")[:1]
    )
)
_LATER = Prepared(
    lambda: (
        Day.objects.filter(first_on__gt=given("day"))
        .order_by("first_on")
        .values_list("first_on")[:1]
    )
)


@dataclass(frozen=True, slots=True)
class Span:
    """A year, a month or a day by its first day, with the stories that began in it.

    `share` is its part, in percent, of what the busiest of its like has.
    """

    first: date
    stories: int
    share: float = 100

    @property
    def degree(self) -> int:
        """The share in steps from 0 to 4; by the root, or one great day hides all."""
        return math.ceil(math.sqrt(self.share / 100) * 4)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A month as a calendar: weeks from Monday to Sunday, None beyond its days."""

    month: Span
    weeks: tuple[tuple[Span | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Nearest:
    """The nearest days with an edition before and after some time."""

    earlier: date | None
    later: date | None


def stories_by_day(first: date, last: date) -> dict[date, int]:
    """How many listed stories began on each day that has any, the earliest first."""
    return dict(_DAYS.rows(first=first, last=last))


def nearest(first: date, last: date) -> Nearest:
    """The last edition before and the first one after the days given."""
    earlier, later = _EARLIER.row(day=first), _LATER.row(day=last)
    return Nearest(
        earlier=earlier[0] if earlier else None, later=later[0] if later else None
    )


def gathered(days: Days, **first: int) -> dict[date, int]:
    """Counts of days added up under the first day of their month or year."""
    found: dict[date, int] = defaultdict(int)
    for day, stories in days.items():
        found[day.replace(**first)] += stories
    return dict(found)


def sheet(first: date, days: Days) -> Sheet:
    """The calendar of a month; a day is as busy as it is among all `days`."""
    most = max(days.values())
    weeks = calendar.Calendar().monthdayscalendar(first.year, first.month)
    shown = {
        number: span(first.replace(day=number), days, most=most)
        for week in weeks
        for number in week
        if number
    }
    stories = sum(day.stories for day in shown.values())
    return Sheet(
        Span(first, stories),
        tuple(tuple(shown.get(number) for number in week) for week in weeks),
    )


def span(first: date, counts: Days, *, most: int) -> Span:
    """What began in a time, beside the `most` that began in any like it."""
    stories = counts.get(first, 0)
    # Rounded up: what is there shows, however little it is.
    return Span(first, stories, math.ceil(stories / most * 1000) / 10)
