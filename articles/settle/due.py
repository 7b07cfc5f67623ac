"""When something is to be carried out next: an article's hour, the end of a pin."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Min

from articles.models import Decision, Story
from articles.models.publication import note_next_due


def keep_next_due() -> None:
    """Let whoever reads the publication's version know when it is to move."""
    planned = Decision.objects.waiting().aggregate(at=Min("due_at"))["at"]
    ending = Story.objects.exclude(pinned_until=None)
    ends = ending.aggregate(at=Min("pinned_until"))["at"]
    note_next_due(min(filter(None, (planned, ends)), default=None))


def pages_of_ended_pins(now: datetime, most: int) -> set[int]:
    """A page of each story whose pin has ended, by pk; of so many at the most."""
    ended = Story.objects.filter(pinned_until__lte=now).order_by("pinned_until", "pk")
    return set(ended.values_list("founder", flat=True)[:most])
