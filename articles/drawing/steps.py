"""The weeks or months up to a day, and which of them show more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

WEEKS = 26
MONTHS = 24
SPARSE = WEEKS // 2  # fewer things in all weeks: months are shown instead


def weeks_up_to(newest: date) -> tuple[date, ...]:
    """The first days of the last 26 weeks, and the day after them.

    The last one ends with the newest day, so that all are whole.
    """
    after = newest + timedelta(days=1)
    return tuple(after - timedelta(weeks=back) for back in range(WEEKS, -1, -1))


def months_up_to(newest: date) -> tuple[date, ...]:
    """The first days of 24 months, the newest day's own the last, and of the next."""
    number = newest.year * 12 + newest.month - 1
    return tuple(
        date(month // 12, month % 12 + 1, 1)
        for month in range(number - MONTHS + 1, number + 2)
    )


def are_sparse(weeks: Sequence[int], months: Sequence[int]) -> bool:
    """Whether counts by weeks leave most bare, and the months know of more."""
    return sum(weeks) < min(SPARSE, sum(months))
