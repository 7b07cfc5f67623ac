"""Which publication of the site readers get: a number that moves when that changes."""

from __future__ import annotations

from datetime import datetime
from math import ceil
from typing import NamedTuple

from django.db import connection, models

_HELD = "SELECT version, next_due FROM articles_publication"
_MOVE = "UPDATE articles_publication SET version = version + 1"


class Publication(models.Model):
    """The one row that counts changes of what readers can get.

    It moves in the transaction of such a change and at no other time, so what was
    made under a version may be shown as long as that version stands, and until what
    is due next has to be carried out.
    """

    version = models.BigIntegerField()
    next_due = models.BigIntegerField(
        default=0, help_text="when a pin ends or an article is due, in Unix time; or 0"
    )

    def __str__(self) -> str:
        return str(self.version)


class Held(NamedTuple):
    """The publication that stands, or that the transaction under way sees."""

    version: int
    next_due: int

    def is_behind(self, now: float) -> bool:
        """Whether something is due by now, in Unix time, that was not carried out."""
        return 0 < self.next_due <= now


NOTHING = Held(0, 0)  # of a database that was emptied


def publication() -> Held:
    """What stands. It is asked for every page that is kept."""
    if connection.vendor != "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(_HELD)
            return Held(*(cursor.fetchone() or NOTHING))
    # Past the wrappers that queries go through.
    connection.ensure_connection()
    with connection.wrap_database_errors:
        return Held(*(connection.connection.execute(_HELD).fetchone() or NOTHING))


def publication_version() -> int:
    """The version that stands."""
    return publication().version


def move_publication() -> None:
    """Say that readers get something else once the surrounding `writing()` ends."""
    assert connection.in_atomic_block, "the version moves with what changes"
    with connection.cursor() as cursor:
        cursor.execute(_MOVE)


def note_next_due(at: datetime | None) -> None:
    """Keep when something is to be carried out next; None: nothing is."""
    due = ceil(at.timestamp()) if at else 0
    Publication.objects.exclude(next_due=due).update(next_due=due)
