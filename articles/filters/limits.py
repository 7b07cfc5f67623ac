"""What each filter takes, as numbers and in words."""

from __future__ import annotations

from datetime import date

AT_ONCE = 40  # values of one filter: what a reader may choose, and a query bear
QUALITY = (-1000, 100_000)
# Beyond these days time zones lead out of the calendar.
DAYS = (date(1900, 1, 1), date(2199, 12, 31))
TYPES = ("article", "video")
PUBLISHERS = (2, 3, 5, 10)

_DAY = "is no day from 1900 to 2199. Give one such as 2020-01-24."
# Said behind a value that is refused.
VALID = {
    "topic": "is the name of no topic here. The page of topics lists all there are.",
    "provider": "is no publisher here. Give a domain such as example.com; the page of "
    "publishers lists all there are.",
    "since": _DAY,
    "until": _DAY,
    "min_quality": "is no whole number from -1,000 to 100,000.",
    "type": "is neither article nor video.",
    "has_image": "is not 1, which asks for a picture.",
    "coverage": "is not 2, 3, 5 or 10.",
}
TOO_MANY = f"are more than {AT_ONCE}. Give fewer at once."
NO_DAY_BETWEEN = "is before the first day asked for. Give a later one."
