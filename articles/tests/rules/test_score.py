"""The order of top stories: a doubling of publishers outweighs any quality."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.rules.score import (
    HALF_LIFE_HOURS,
    Tier,
    quality_worth,
    score,
    tier,
    weight,
)

NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)
QUALITIES = st.none() | st.integers(-50, 1000)
HALF_LIVES = st.floats(1, 8760)


def scored(
    quality: int | None,
    publishers: int,
    *,
    newer: timedelta = timedelta(0),
    half_life: float = HALF_LIFE_HOURS,
) -> float:
    return score(weight(quality, publishers), NOON + newer, half_life=half_life)


@given(QUALITIES, st.integers(1, 500), HALF_LIVES)
def test_a_doubling_of_publishers_is_worth_two_half_lives(quality, publishers, hours):
    later = timedelta(hours=2 * hours)
    twice = scored(quality, 2 * publishers, half_life=hours)
    assert twice == pytest.approx(
        scored(quality, publishers, newer=later, half_life=hours), abs=1e-6
    )


@given(QUALITIES, QUALITIES)
def test_quality_is_worth_one_half_life_at_most(one, other):
    assert abs(quality_worth(one) - quality_worth(other)) <= 1


def test_the_best_quality_is_worth_one_half_life():
    assert quality_worth(200) == quality_worth(1000) == 1
    assert quality_worth(100) == 0.5
    assert quality_worth(None) == quality_worth(-1) == 0


@given(QUALITIES, QUALITIES)
def test_five_publishers_outscore_any_single_report_for_three_days(few, best):
    three_days = timedelta(days=3)
    assert scored(few, 5) > scored(best, 1, newer=three_days)


@pytest.mark.parametrize(
    ("publishers", "pinned", "expected"),
    [
        (1, False, Tier.ALONE),
        (2, False, Tier.SHARED),
        (40, False, Tier.SHARED),
        (1, True, Tier.PINNED),
    ],
)
def test_what_several_report_stands_in_a_tier_of_its_own(publishers, pinned, expected):
    assert tier(publishers, pinned=pinned) is expected
