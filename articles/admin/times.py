"""Times that forms of the desk ask for: of the site's time zone, to the minute."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.http import QueryDict
from django.utils import timezone

from articles.publishing import NothingToDecide

FURTHEST = timedelta(days=3660)


def in_words(at: datetime) -> str:
    """A time as messages say it: "3 May 2026, 14:30"."""
    return f"{timezone.localtime(at):%-d %B %Y, %H:%M}"


def due_of(posted: QueryDict, name: str = "due") -> datetime:
    """The time that a form asks for, to the minute; raises NothingToDecide."""
    try:
        due = datetime.fromisoformat(posted.get(name, "")[:32])
        due = (due if due.tzinfo else timezone.make_aware(due)).astimezone(UTC)
        too_far = due > timezone.now() + FURTHEST
    except (ValueError, OverflowError):
        raise NothingToDecide("give a day and a time") from None
    if too_far:
        raise NothingToDecide("that is more than ten years ahead")
    return due
