"""Days, months and moments in words. A moment is spelled in the zone that it has."""

from __future__ import annotations

from datetime import date, datetime

# Not those of `calendar`, which change with the locale of the machine.
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def month_in_words(day: date) -> str:
    """The month of a day: "January 2020"."""
    return f"{MONTHS[day.month - 1]} {day.year:04}"


def day_in_words(day: date) -> str:
    """A day: "24 January 2020"."""
    return f"{day.day} {month_in_words(day)}"


def moment_in_words(at: datetime) -> str:
    """A day and a time: "24 January 2020, 18:24"."""
    return f"{day_in_words(at)}, {at:%H:%M}"


def moment_in_zone(at: datetime) -> str:
    """A moment and its zone: "24 January 2020, 18:24 UTC"."""
    return f"{moment_in_words(at)} {at.tzname()}"


def period_in_words(first: datetime, last: datetime) -> str:
    """From one moment to a later one: "3 January to 5 February 2020"."""
    if first.date() == last.date():
        return f"{moment_in_words(first)} to {last:%H:%M}"
    if first.year == last.year:
        return f"{first.day} {MONTHS[first.month - 1]} to {day_in_words(last)}"
    return f"{day_in_words(first)} to {day_in_words(last)}"
