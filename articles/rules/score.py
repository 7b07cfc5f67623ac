"""The order of top stories: tier first, in each tier by score.

What two or more publishers report stands before what one reports alone, and what an
editor pinned before both. Within a tier a story's score decides:

    weight = 2 x log2(publishers) + quality of the lead, 0 to 200, as 0 to 1
    score = weight + hours from the epoch to the lead's time / half-life

So a doubling of publishers is worth two half-lives of age, the best quality one. The
score does not depend on "now", so it can be stored; within one day's edition the
weight alone decides.
"""

from __future__ import annotations

import math
from datetime import UTC, datetime
from enum import IntEnum

# Stored with stories: after a change of a number here, or of the half-life a site
# sets, it has to run `manage.py recount`: say so in CHANGELOG.md.
EPOCH = datetime(2019, 1, 1, tzinfo=UTC)
HALF_LIFE_HOURS = 36.0  # where a site sets none: fits some dozens of stories a day
PER_DOUBLING = 2.0  # of publishers, in half-lives
BEST_QUALITY = 200  # more counts for no more; it is worth one half-life


class Tier(IntEnum):
    """What a list of top stories goes by first."""

    ALONE = 0  # one publisher reports it
    SHARED = 1  # two or more do
    PINNED = 2  # an editor put it first


def tier(provider_count: int, *, pinned: bool) -> Tier:
    """The tier of a story."""
    if pinned:
        return Tier.PINNED
    return Tier.SHARED if provider_count > 1 else Tier.ALONE


def weight(quality: int | None, provider_count: int) -> float:
    """What a story weighs, in half-lives, whatever its age."""
    return coverage_worth(provider_count) + quality_worth(quality)


def coverage_worth(provider_count: int) -> float:
    """What its publishers are worth, in half-lives; one publisher nothing."""
    return PER_DOUBLING * math.log2(max(provider_count, 1))


def quality_worth(quality: int | None) -> float:
    """What its lead's quality is worth, in half-lives: 0 to 1."""
    return min(max(quality or 0, 0), BEST_QUALITY) / BEST_QUALITY


def score(weight: float, published_at: datetime, *, half_life: float) -> float:
    """The score of a story of this weight; the half-life is in hours."""
    hours = (published_at - EPOCH).total_seconds() / 3600
    return weight + hours / half_life
