"""The score by which the feed is ordered.

Upstream's own arithmetic is the start: its heat of a lead is quality plus 20 for
each related page. Here coverage counts distinct providers, since twenty copies of
one text are one voice, and age is discounted: a story doubles its weight's worth
for each half-life it is younger. The score does not depend on "now":

    score = log2(max(quality, 0) + 20 x (providers - 1) + 10)
            + hours since the epoch / half-life in hours
"""

from __future__ import annotations

import math
from datetime import UTC, datetime

# Scores are stored with stories. After a change of a number here every site has to
# run `manage.py rebuild_stories`: say so in CHANGELOG.md.
EPOCH = datetime(2019, 1, 1, tzinfo=UTC)
HALF_LIFE_HOURS = 24
PER_PROVIDER = 20
MOST_QUALITY = 1000  # more counts for no more
FLOOR = 10  # so that a page without quality still has a place


def story_score(
    quality: int | None, provider_count: int, published_at: datetime
) -> float:
    """Score of a story from its lead's quality, its voices and the lead's time."""
    weight = min(max(quality or 0, 0), MOST_QUALITY)
    weight += PER_PROVIDER * (provider_count - 1)
    age = (published_at - EPOCH).total_seconds() / 3600
    return math.log2(weight + FLOOR) + age / HALF_LIFE_HOURS


def highest_score(provider_count: int, published_at: datetime) -> float:
    """The score that no story of so many voices, or less, and no later time exceeds."""
    return story_score(MOST_QUALITY, provider_count, published_at)
