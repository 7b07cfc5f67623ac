"""By how much a step changes the counts that pages show, written once at its end.

Whoever changes a row that is counted takes it off as it was and puts it on as it is:
`stories`, `labels` and `pages` with -1 and with 1. Rows that readers do not get count
for nothing, so both may be done with any. Nothing is counted again, however many
rows a count goes over, but the publishers of a day's edition: those are a set.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import connection
from django.db.models import Count
from django.utils import timezone

from articles.models import Day, Page, ProviderDay, Story, StoryTopic, TopicDay, Totals
from articles.models.bulk import add_counts, chunks
from articles.models.writing import writing

DAYS_AT_ONCE = 20  # that are counted in one transaction

_OF_TOPIC = """
UPDATE articles_topic SET story_count = story_count + %s, newest_at = (
    SELECT MAX(latest_at) FROM articles_storytopic WHERE topic_id = %s
) WHERE id = %s
"""
_OF_PROVIDER = """
UPDATE articles_provider SET page_count = page_count + %s, newest_at = (
    SELECT MAX(published_at) FROM articles_page WHERE provider_id = %s AND is_visible
) WHERE id = %s
"""
_OF_SITE = """
INSERT INTO articles_totals (id, story_count, newest_at) VALUES (%s, %s, (
    SELECT MAX(latest_at) FROM articles_story WHERE lead_id IS NOT NULL
)) ON CONFLICT (id) DO UPDATE SET newest_at = excluded.newest_at,
    story_count = articles_totals.story_count + excluded.story_count
"""


@dataclass(slots=True)
class Counts:
    """Differences, by what they belong to; those of 0 were touched all the same."""

    # Day -> by how many stories and pages its edition grows.
    days: dict[date, list[int]] = field(default_factory=lambda: defaultdict(_nothing))
    topics: Counter[tuple[int, date]] = field(default_factory=Counter)
    providers: Counter[tuple[int, date]] = field(default_factory=Counter)

    def stories(self, some: Iterable[Story], sign: int) -> None:
        """Take off (-1) or put on (1) those of the stories that are listed."""
        for story in some:
            if story.lead_id and story.first_on:
                grown = self.days[story.first_on]
                grown[0] += sign
                grown[1] += sign * story.page_count

    def labels(self, some: Iterable[StoryTopic], sign: int) -> None:
        for label in some:
            day = timezone.localdate(label.latest_at)
            self.topics[label.topic_id, day] += sign

    def pages(self, some: Iterable[Page], sign: int) -> None:
        """Take off or put on those of the pages that readers see."""
        for page in some:
            if page.is_visible:
                self.page(page.provider_id, page.published_at, sign)

    def page(self, provider: int | None, at: datetime | None, sign: int) -> None:
        """Take off or put on a page that readers saw or see, by its publisher."""
        if provider and at:
            self.providers[provider, timezone.localdate(at)] += sign

    def write(self) -> None:
        """Bring the kept counts up to date with the rows, once."""
        self._write_days()
        _write_numbers(TopicDay, "topic", self.topics, _OF_TOPIC)
        _write_numbers(ProviderDay, "provider", self.providers, _OF_PROVIDER)

    def _write_days(self) -> None:
        if not self.days:
            return
        rows = [(on, *grown) for on, grown in self.days.items()]
        add_counts(Day, ("first_on",), ("story_count", "page_count"), rows)
        for some in chunks(self.days):
            held = Day.objects.filter(first_on__in=some)
            if any(self.days[on][0] < 0 for on in some):
                held.filter(story_count=0).delete()
            held.exclude(provider_count=None).update(provider_count=None)
        stories = sum(grown[0] for grown in self.days.values())
        with connection.cursor() as cursor:
            cursor.execute(_OF_SITE, [Totals.ROW, stories])


def _write_numbers(
    model: type[TopicDay] | type[ProviderDay],
    owner: str,
    numbers: Counter[tuple[int, date]],
    of_owner: str,
) -> None:
    """Write how numbers by owner and day grow, and the owners' own by a statement."""
    changed = [(*key, number) for key, number in numbers.items() if number]
    add_counts(model, (owner, "day"), ("number",), changed)
    grown: Counter[int] = Counter()
    for (pk, _), number in numbers.items():
        grown[pk] += number
    gone = (
        f"DELETE FROM {model._meta.db_table} "
        f"WHERE {owner}_id = %s AND day = %s AND number = 0"
    )
    adapt = connection.ops.adapt_datefield_value
    less = [(pk, adapt(day)) for pk, day, number in changed if number < 0]
    with connection.cursor() as cursor:
        if less:
            cursor.executemany(gone, less)
        if grown:
            owners = [(number, pk, pk) for pk, number in grown.items()]
            cursor.executemany(of_owner, owners)


def count_waiting() -> None:
    """Count the publishers of all editions that changed, some in a transaction."""
    rows = Day.objects.filter(provider_count=None).order_by("first_on")
    for days in chunks(rows.values_list("first_on", flat=True), DAYS_AT_ONCE):
        with writing():
            count_publishers(days)


def count_publishers(days: Collection[date]) -> None:
    """Count the publishers of editions; until then each is counted when asked for."""
    for some in chunks(sorted(days)):
        found = publishers_by_day(some)
        adapt = connection.ops.adapt_datefield_value
        with connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE articles_day SET provider_count = %s WHERE first_on = %s",
                [(found.get(day, 0), adapt(day)) for day in some],
            )


def publishers_by_day(days: Collection[date]) -> dict[date, int]:
    """How many publishers have visible pages in the stories that began on each day."""
    rows = (
        Page.objects.visible()
        .filter(story__lead__isnull=False, story__first_on__in=list(days))
        .order_by()
        .values_list("story__first_on")
        .annotate(held=Count("provider", distinct=True))
    )
    return {on: held for on, held in rows if on is not None}


def _nothing() -> list[int]:
    return [0, 0]
