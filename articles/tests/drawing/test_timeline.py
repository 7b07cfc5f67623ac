"""The geometry of a story's timeline."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.drawing.timeline import HEAD, MOST_ROWS, OTHERS, ROWS, Event, timeline

NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)


def event(hours: float, row: str = "a", kind: str = "page") -> Event:
    return Event(NOON + timedelta(hours=hours), row, kind)


EVENTS = st.lists(
    st.builds(
        event,
        st.integers(0, 24 * 40),
        st.sampled_from("abcdefghijklmnopqrstuvwxyz"),
        st.sampled_from(["page", "page", "reprint", "lead"]),
    ),
    min_size=1,
    max_size=179,
)


@given(EVENTS)
def test_every_page_has_one_dot_inside_the_drawing(events):
    drawn = timeline(events, UTC)
    assert Counter(dot.event for dot in drawn.dots) == Counter(events)
    for dot in drawn.dots:
        assert 0 <= dot.x <= 100
        assert HEAD < dot.y < drawn.height


@given(EVENTS)
def test_a_dot_is_in_the_row_of_its_publisher(events):
    drawn = timeline(events, UTC)
    floors = [HEAD, *(row.y for row in drawn.rows)]
    inside = {
        row.name: (above, row.y) for above, row in zip(floors, drawn.rows, strict=False)
    }
    assert len(inside) == len(drawn.rows) <= MOST_ROWS
    assert floors == sorted(set(floors))
    for dot in drawn.dots:
        above, y = inside.get(dot.event.row) or inside[OTHERS]
        assert above < dot.y <= y
    assert sum(row.publishers for row in drawn.rows) == len({e.row for e in events})


@given(EVENTS, st.randoms(use_true_random=False))
def test_the_order_of_pages_does_not_matter(events, chance: random.Random):
    shuffled = events[:]
    chance.shuffle(shuffled)
    assert timeline(shuffled, UTC) == timeline(events, UTC)


def test_dots_of_one_row_and_time_are_piled_up():
    drawn = timeline([event(0) for _ in range(6)], UTC)
    assert len({(dot.x, dot.y) for dot in drawn.dots}) == 6
    assert len({dot.x for dot in drawn.dots}) == 1
    many = timeline([event(0) for _ in range(179)], UTC)
    assert len({(dot.x, dot.y) for dot in many.dots}) == 179


def test_few_publishers_have_a_row_each_in_the_order_they_began():
    drawn = timeline([event(3, "late"), event(0, "first"), event(1, "next")], UTC)
    assert [row.name for row in drawn.rows] == ["first", "next", "late"]


def test_of_many_publishers_the_lead_and_the_busiest_keep_their_rows():
    events = [event(n, f"p{n:02}") for n in range(20)]
    events += [event(30, "busy"), event(31, "busy"), event(40, "led", "lead")]
    drawn = timeline(events, UTC)
    names = [row.name for row in drawn.rows]
    assert len(names) == ROWS + 1
    assert {"busy", "led", "p00", "p09"} <= set(names)
    assert "p10" not in names
    assert names[-1] == OTHERS and drawn.rows[-1].publishers == 10


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        ([0], None),
        ([0, 0.5, 0.9], None),  # all of it is no peak
        ([0, 5, 9], None),
        ([0, 4, 4.2, 4.9, 9], (3, 1)),
        ([0, 0.1, 0.2, 9, 9.1, 9.2], (3, 1)),  # of two alike the earlier
        ([0, 40, 42, 44, 45, 80], (4, 6)),
        ([0, 100, 110, 120, 300], (3, 24)),
    ],
)
def test_the_peak_is_the_fullest_window(hours, expected):
    peak = timeline([event(n, f"p{n}") for n in hours], UTC).peak
    assert (peak and (peak.pages, peak.hours)) == expected


def test_the_earlier_of_two_peaks_counts():
    drawn = timeline([event(n) for n in (0, 4, 4.1, 4.2, 9, 9.1, 9.2)], UTC)
    assert drawn.peak.first == NOON + timedelta(hours=4)
