"""Where moments are on an axis that cuts silences short."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.drawing.time_axis import silent_days, ticks, time_axis

NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)
MOMENTS = st.lists(
    st.integers(0, 60 * 24 * 90).map(lambda minutes: NOON + timedelta(minutes=minutes)),
    min_size=1,
    max_size=40,
)


def after(**given: float) -> datetime:
    return NOON + timedelta(**given)


@pytest.mark.parametrize(
    ("later", "days"),
    [
        (after(hours=1), 0),
        (after(hours=35), 0),
        (after(hours=36), 1),
        (after(days=4), 3),
        (NOON, 0),
    ],
)
def test_only_whole_days_are_silent(later, days):
    assert silent_days(NOON, later, UTC) == days


def test_days_are_those_of_the_readers():
    # From 12:00 to 00:00 two days on: one whole day in London, none in New York.
    assert silent_days(NOON, after(hours=36), ZoneInfo("America/New_York")) == 0


def test_a_silence_is_as_wide_however_long_it_lasts():
    for days in (3, 300):
        axis = time_axis([NOON, after(hours=4), after(days=days)], UTC)
        assert [(gap.days, gap.width) for gap in axis.gaps] == [(days - 1, 8.0)]
        assert axis.place(after(hours=2)) == pytest.approx(
            axis.place(after(hours=4)) / 2, abs=0.1
        )


def test_all_at_one_time_is_in_the_middle():
    assert time_axis([NOON, NOON], UTC).place(NOON) == 50.0


def test_hours_are_labelled_on_a_short_axis_and_days_on_a_long_one():
    short = ticks(time_axis([NOON, after(hours=8)], UTC), UTC)
    assert [tick.is_day for tick in short] == [True] + [False] * (len(short) - 1)
    assert len(short) > 3
    long = ticks(time_axis([after(hours=20 * n) for n in range(10)], UTC), UTC)
    assert all(tick.is_day for tick in long)
    assert all(tick.at.hour == 0 for tick in long[1:])


@given(MOMENTS)
def test_the_order_of_time_is_the_order_of_places(moments):
    axis = time_axis(moments, UTC)
    places = [axis.place(at) for at in sorted(moments)]
    assert places == sorted(places)
    assert all(0.0 <= place <= 100.0 for place in places)


@given(MOMENTS)
def test_no_moment_is_within_a_silence_and_labels_do_not_touch(moments):
    axis = time_axis(moments, UTC)
    for gap in axis.gaps:
        assert not any(
            gap.x + 0.2 < axis.place(at) < gap.x + gap.width - 0.2 for at in moments
        )
    found = [tick.x for tick in ticks(axis, UTC)]
    assert found == sorted(found)
    assert all(b - a >= 14 for a, b in zip(found, found[1:], strict=False))
