"""The sparkline: a bar for each step with something in it, and the same in words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.drawing.sparkline import DOT, HEIGHT, sparkline
from articles.drawing.steps import (
    MONTHS,
    SPARSE,
    WEEKS,
    are_sparse,
    months_up_to,
    weeks_up_to,
)

COUNTS = st.lists(st.integers(0, 5000), min_size=1, max_size=40)
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


def drawn(counts, *, noun="story", unit="week"):
    names = [f"day {number}" for number in range(1, len(counts) + 1)]
    return sparkline(counts, names, noun=noun, unit=unit)


@given(COUNTS)
def test_bars_stay_in_the_box_and_keep_the_sum(counts):
    found = drawn(counts)
    assert sum(bar.count for bar in found.bars) == sum(counts)
    assert [bar.count for bar in found.bars] == [count for count in counts if count]
    for bar in found.bars:
        assert 0 <= bar.x <= 100
        assert bar.y >= 0 and bar.height >= DOT
        assert bar.y + bar.height == pytest.approx(HEIGHT)


@given(COUNTS)
def test_more_is_never_drawn_lower_and_equal_counts_are_equally_tall(counts):
    bars = sorted(drawn(counts).bars, key=lambda bar: bar.count)
    for less, more in zip(bars, bars[1:], strict=False):
        assert less.height <= more.height
        assert less.count != more.count or less.height == more.height


@given(COUNTS)
def test_at_most_one_bar_is_the_peak_and_it_stands_out(counts):
    peaks = [bar for bar in drawn(counts).bars if bar.is_peak]
    assert len(peaks) <= 1
    for peak in peaks:
        assert counts.count(peak.count) == 1 and peak.count == max(counts)


@given(COUNTS)
def test_the_label_tells_the_sum_and_the_most(counts):
    label = drawn(counts).label
    if not sum(counts):
        assert label.startswith("No stories")
        return
    assert label.startswith(f"{sum(counts):,} stor")
    assert f"{max(counts):,}" in label.partition("most")[2]


def test_one_is_a_dot_and_a_few_are_no_taller_than_as_many_dots():
    assert [bar.height for bar in drawn([1, 0, 2, 3]).bars] == [DOT, 2 * DOT, 3 * DOT]


def test_the_first_step_is_at_the_left_and_the_last_at_the_right():
    assert [bar.x for bar in drawn([1, 1, 1]).bars] == [0, 50, 100]
    assert [bar.x for bar in drawn([7]).bars] == [0]


@pytest.mark.parametrize(
    ("counts", "unit", "said"),
    [
        ([0, 0], "week", "No stories in the 2 weeks up to day 2"),
        (
            [0, 1],
            "week",
            "1 story in the 2 weeks up to day 2, most in the week to day 2: 1",
        ),
        ([2, 2], "week", "4 stories in the 2 weeks up to day 2, at most 2 per week"),
        (
            [2, 1500, 3],
            "month",
            "1,505 stories in the 3 months up to day 3, most in day 2: 1,500",
        ),
    ],
)
def test_what_the_label_says(counts, unit, said):
    assert drawn(counts, unit=unit).label == said


def test_one_page_is_not_called_pages():
    assert drawn([1, 0], noun="page").label.startswith("1 page in")


@given(DAYS)
def test_weeks_are_whole_and_end_with_the_newest_day(newest):
    days = weeks_up_to(newest)
    assert len(days) == WEEKS + 1
    assert days[-1] == newest + timedelta(days=1)
    assert {after - day for day, after in zip(days, days[1:], strict=False)} == {
        timedelta(days=7)
    }


@given(DAYS)
def test_months_are_those_of_the_calendar_and_hold_the_newest_day(newest):
    days = months_up_to(newest)
    assert len(days) == MONTHS + 1
    assert all(day.day == 1 for day in days)
    assert days[-2] <= newest < days[-1]
    assert [31 >= (after - day).days >= 28 for day, after in zip(days, days[1:], strict=False)] == [True] * MONTHS  # fmt: skip


@pytest.mark.parametrize(
    ("weeks", "months", "sparse"),
    [
        ([0, SPARSE], [0, 100], False),
        ([0, SPARSE - 1], [0, 100], True),
        ([1, 1], [0, 2], False),  # months know of no more
        ([0, 0], [0, 0], False),
        ([0, 0], [1, 0], True),
    ],
)
def test_months_are_told_where_weeks_are_sparse_and_months_know_more(
    weeks, months, sparse
):
    assert are_sparse(weeks, months) is sparse
