"""Counting again what settling keeps counts of: to find what is wrong, and mend it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Max, QuerySet, Sum
from django.db.models.functions import TruncDate

from articles.models import (
    Day,
    Page,
    Provider,
    ProviderDay,
    Story,
    StoryTopic,
    Topic,
    TopicDay,
    Totals,
)
from articles.models.bulk import chunks, create_rows
from articles.models.writing import reading, writing

from .counts import publishers_by_day

DAYS = 366  # counted in one transaction
OWNERS = 20  # topics or publishers, likewise


def recount(*, mend: bool) -> int:
    """How many kept counts differ from what is counted now; `mend` puts them right.

    In parts, each of them one moment or one transaction, so nobody waits for long.
    """
    moment = writing if mend else reading
    return (
        _days(moment, mend=mend)
        + _owners(Topic, TopicDay, _of_topics, moment, mend=mend)
        + _owners(Provider, ProviderDay, _of_providers, moment, mend=mend)
        + _totals(moment, mend=mend)
    )


Moment = Callable[[], AbstractContextManager[None]]
# By owner: how many rows there are on each day, and the time of the newest.
Counted = dict[int, tuple[dict[date, int], datetime | None]]


def _days(moment: Moment, *, mend: bool) -> int:
    wrong, after = 0, date.min
    while (first := _next_day(after)) is not None:
        ordinal = min(first.toordinal() + DAYS, date.max.toordinal())
        last = date.fromordinal(ordinal)
        with moment():
            wrong += _mend(
                Day.objects.filter(first_on__gte=first, first_on__lte=last),
                ("first_on", "story_count", "page_count", "provider_count"),
                _editions(first, last),
                mend=mend,
            )
        if last == date.max:
            break
        after = last + timedelta(days=1)
    return wrong


def _next_day(after: date) -> date | None:
    """The first day from this one on that has, or is said to have, stories."""
    held = (
        rows.filter(first_on__gte=after).order_by("first_on").values_list("first_on")
        for rows in (Story.objects.listed(), Day.objects.all())
    )
    first = [on for rows in held for (on,) in rows[:1] if on is not None]
    return min(first, default=None)


def _editions(first: date, last: date) -> dict[Any, tuple[Any, ...]]:
    rows = (
        Story.objects.listed()
        .filter(first_on__gte=first, first_on__lte=last)
        .order_by()
        .values_list("first_on")
        .annotate(Count("pk"), Sum("page_count"))
    )
    found = {on: (stories, pages) for on, stories, pages in rows if on is not None}
    voices: dict[date, int | None] = {
        on: held
        for some in chunks(found)
        for on, held in publishers_by_day(some).items()
    }
    of_period = Day.objects.filter(first_on__gte=first, first_on__lte=last)
    waiting = of_period.filter(provider_count=None).values_list("first_on", flat=True)
    voices |= dict.fromkeys(waiting)  # which is right: nobody is told a number
    return {on: (on, *counts, voices.get(on, 0)) for on, counts in found.items()}


def _owners(
    model: type[Topic] | type[Provider],
    days: type[TopicDay] | type[ProviderDay],
    counted: Callable[[Sequence[int]], Counted],
    moment: Moment,
    *,
    mend: bool,
) -> int:
    """Differences of all topics or publishers, some at a time."""
    owner = "topic" if days is TopicDay else "provider"
    number = "story_count" if days is TopicDay else "page_count"
    wrong = 0
    pks = model._default_manager.order_by("pk").values_list("pk", flat=True)
    for some in chunks(pks, OWNERS):
        with moment():
            found = counted(some)
            wrong += _mend(
                days._default_manager.filter(**{f"{owner}__in": some}),
                (f"{owner}_id", "day", "number"),
                {
                    (pk, day): (pk, day, held)
                    for pk, (by_day, _) in found.items()
                    for day, held in by_day.items()
                },
                mend=mend,
            )
            for row in model._default_manager.filter(pk__in=some):
                by_day, newest = found.get(row.pk, ({}, None))
                right = {number: sum(by_day.values()), "newest_at": newest}
                wrong += _set(row, right, mend=mend)
    return wrong


def _of_topics(pks: Sequence[int]) -> Counted:
    return _counted(StoryTopic.objects.filter(topic__in=pks), "topic", "latest_at")


def _of_providers(pks: Sequence[int]) -> Counted:
    pages = Page.objects.visible().filter(provider__in=pks)
    return _counted(pages, "provider", "published_at")


def _counted(rows: QuerySet[Any], owner: str, at: str) -> Counted:
    numbers: dict[int, Counter[date]] = defaultdict(Counter)
    newest: dict[int, datetime] = {}
    by_day = rows.order_by().annotate(on=TruncDate(at)).values_list(owner, "on")
    for pk, on, held, latest in by_day.annotate(Count("pk"), Max(at)):
        numbers[pk][on] += held
        newest[pk] = max(latest, newest.get(pk, latest))
    return {pk: (dict(numbers[pk]), newest[pk]) for pk in numbers}


def _totals(moment: Moment, *, mend: bool) -> int:
    with moment():
        listed = Story.objects.listed().aggregate(held=Count("pk"), at=Max("latest_at"))
        right = {"story_count": listed["held"], "newest_at": listed["at"]}
        row = Totals.objects.filter(pk=Totals.ROW).first() or Totals(pk=Totals.ROW)
        return _set(row, right, mend=mend)


def _mend(
    kept: QuerySet[Any],
    fields: Sequence[str],
    right: dict[Any, tuple[Any, ...]],
    *,
    mend: bool,
) -> int:
    """Compare kept rows with what is right by their key; replace what differs."""
    wanted = set(right.values())
    held = {tuple(row): pk for pk, *row in kept.values_list("pk", *fields)}
    wrong = [pk for row, pk in held.items() if row not in wanted]
    missing = wanted - held.keys()
    if mend:
        for some in chunks(wrong):
            kept.filter(pk__in=some).delete()
        create_rows(
            kept.model(**dict(zip(fields, row, strict=True))) for row in sorted(missing)
        )
    return max(len(wrong), len(missing))


def _set(row: Any, right: dict[str, Any], *, mend: bool) -> int:
    """Give a row the values that are right; whether it had others, as a number."""
    if all(getattr(row, name) == value for name, value in right.items()):
        return 0
    if mend:
        for name, value in right.items():
            setattr(row, name, value)
        row.save(update_fields=None if row._state.adding else [*right])
    return 1
