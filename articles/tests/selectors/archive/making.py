"""Days with stories for tests of the archive."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from articles.models import Article, Story
from articles.settle import settle
from articles.tests.make import NOW, make_article

GREAT_DAY = date(2020, 1, 24)


def begin(day: date, count: int = 1, **given) -> list[Article]:
    """So many articles of one day, a minute apart; `settle` makes stories of them."""
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return [
        make_article(
            published_at=noon + timedelta(minutes=number),
            **{"quality": 20 + number % 7 * 10} | given,
        )
        for number in range(count)
    ]


def three_years() -> None:
    """Stories on days of three years; one day has more than one part of an edition."""
    begin(date(2019, 12, 31), 2)
    begin(GREAT_DAY, 130)
    begin(date(2020, 1, 27), 1)
    begin(date(2020, 2, 29), 3)
    begin(date(2020, 11, 1), 4)
    begin(date(2021, 7, 4), 1)
    settle(now=NOW)


def path_of(day: date) -> str:
    return f"/archive/{day:%Y/%m/%d}/"


def stories_of(day: date) -> list[Story]:
    """The listed stories of a day, the best first, the slow way."""
    found = [story for story in Story.objects.listed() if story.first_on == day]
    return sorted(found, key=lambda s: (s.weight, s.public_id), reverse=True)
