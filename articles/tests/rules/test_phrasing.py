"""Plurals, series, shortening, durations and dates in words."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils.dateformat import format as django_format
from hypothesis import given
from hypothesis import strategies as st

from articles.rules import dates, phrasing


@pytest.mark.parametrize(
    ("number", "noun", "words"),
    [
        (1, "article", "1 article"),
        (0, "story", "0 stories"),
        (1204, "article", "1,204 articles"),
        (2, "day", "2 days"),
        ("1", "story", "1 story"),
        ("1,000+", "story", "1,000+ stories"),
        (3, "more article", "3 more articles"),
    ],
)
def test_a_number_with_its_noun(number, noun, words):
    assert phrasing.counted(number, noun) == words


@pytest.mark.parametrize(
    ("things", "last", "words"),
    [
        ([], "and", ""),
        (["A"], "and", "A"),
        (["A", "B"], "or", "A or B"),
        (["A", "B", "C"], "and", "A, B and C"),
    ],
)
def test_things_in_a_row(things, last, words):
    assert phrasing.series(things, last) == words


@given(st.text(), st.integers(1, 20))
def test_what_is_shortened_has_room_and_says_that_more_follows(text, most):
    found = phrasing.shortened(text, most)
    assert len(found) <= most
    assert found == text or found[-1] == "…" and text.startswith(found[:-1])


def test_a_blank_before_the_ellipsis_stays_where_it_is_wanted():
    assert phrasing.shortened("New York Times", 10) == "New York…"
    assert phrasing.shortened("New York Times", 10, keep_blank=True) == "New York …"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0.4, "0 min"),
        (59.4, "59 min"),
        (59.6, "1 h"),
        (47 * 60, "47 h"),
        (48 * 60, "2 days"),
        (1204 * 24 * 60, "1,204 days"),
    ],
)
def test_spans_of_time(minutes, words):
    assert phrasing.duration(minutes) == words


@given(st.datetimes(timezones=st.just(UTC)))
def test_dates_are_spelled_as_templates_spell_them(at):
    assert dates.day_in_words(at) == django_format(at, "j F Y")
    assert dates.month_in_words(at) == django_format(at, "F Y")
    assert dates.moment_in_words(at) == django_format(at, "j F Y, H:i")


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ((2020, 1, 3, 8, 5), (2020, 1, 3, 18, 0), "3 January 2020, 08:05 to 18:00"),
        ((2020, 1, 3), (2020, 2, 5), "3 January to 5 February 2020"),
        ((2019, 12, 3), (2020, 2, 5), "3 December 2019 to 5 February 2020"),
    ],
)
def test_a_period_says_what_differs_once(first, last, words):
    assert dates.period_in_words(*(utc(*one) for one in (first, last))) == words


def utc(*given: int) -> datetime:
    return datetime(*given, tzinfo=UTC)


def test_a_day_needs_no_time():
    assert dates.day_in_words(date(2020, 1, 4)) == "4 January 2020"
