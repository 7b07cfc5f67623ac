"""The strip on a card: every page a dot, the lead never lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from articles.drawing.coverage_strip import MOST, Mark, coverage_strip

NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)
MARKS = st.lists(
    st.builds(
        Mark,
        st.integers(0, 10_000).map(lambda minutes: NOON + timedelta(minutes=minutes)),
        st.sampled_from(["page", "reprint"]),
    ),
    max_size=300,
)


@given(MARKS, st.integers(0, 10_000))
def test_dots_are_inside_few_and_one_of_them_leads(marks, minutes):
    lead = Mark(NOON + timedelta(minutes=minutes), "lead")
    strip = coverage_strip([*marks, lead], label="")
    assert [dot.kind for dot in strip.dots].count("lead") == 1
    assert all(0 <= dot.x <= 100 and 0 < dot.y < strip.height for dot in strip.dots)
    assert len({(dot.x, dot.y) for dot in strip.dots}) == len(strip.dots)
    assert len(strip.dots) <= MOST + 2


def test_an_hour_does_not_look_like_a_week():
    strip = coverage_strip(
        [Mark(NOON, "lead"), Mark(NOON + timedelta(hours=1), "page")], label=""
    )
    assert [dot.x < 10 for dot in strip.dots] == [True, True]
