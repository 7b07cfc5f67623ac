"""Years, months and days, as addresses of the archive name them."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

# ASCII digits alone: `\d` takes those of other scripts, and a page has one address.
_YEAR = re.compile("[0-9]{4}")
_SHORT = re.compile("[0-9]{1,2}")


class NoSuchPeriod(ValueError):
    """The calendar has no such year, month or day."""


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` to `last`: a year, a month or one day.

    `segments` spell it in an address: "2020", "01", "24", as many as it is exact.
    """

    segments: tuple[str, ...]
    first: date
    last: date


def read_period(year: str, month: str = "", day: str = "") -> Period:
    """Read a year, a month of it, or a day; month and day also without their zero.

    Raises NoSuchPeriod, with the reason as a sentence.
    """
    if not _YEAR.fullmatch(year) or year == "0000":
        raise NoSuchPeriod("The calendar has no such year.")
    if not month:
        return Period((year,), date(int(year), 1, 1), date(int(year), 12, 31))
    number = int(month) if _SHORT.fullmatch(month) else 0
    if not 1 <= number <= 12:
        raise NoSuchPeriod("The calendar has no such month.")
    days = calendar.monthrange(int(year), number)[1]
    segments = (year, f"{number:02}")
    if not day:
        return Period(
            segments, date(int(year), number, 1), date(int(year), number, days)
        )
    of_month = int(day) if _SHORT.fullmatch(day) else 0
    if not 1 <= of_month <= days:
        raise NoSuchPeriod("The calendar has no such day.")
    only = date(int(year), number, of_month)
    return Period((*segments, f"{of_month:02}"), only, only)
