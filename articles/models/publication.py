"""Which publication of the site readers get: a number that moves when that changes."""

from __future__ import annotations

from django.db import connection, models

_VERSION = "SELECT version FROM articles_publication"
_MOVE = "UPDATE articles_publication SET version = version + 1"


class Publication(models.Model):
    """The one row that counts changes of what readers can get.

    It moves in the transaction of such a change and at no other time, so what was
    made under a version may be shown as long as that version stands.
    """

    version = models.BigIntegerField()

    def __str__(self) -> str:
        return str(self.version)


def publication_version() -> int:
    """The version that stands, or that the transaction under way sees."""
    if connection.vendor != "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(_VERSION)
            return int(cursor.fetchone()[0])
    # Asked for every page that is kept, so past the wrappers that queries go through.
    connection.ensure_connection()
    with connection.wrap_database_errors:
        return int(connection.connection.execute(_VERSION).fetchone()[0])


def move_publication() -> None:
    """Say that readers get something else once the surrounding `writing()` ends."""
    assert connection.in_atomic_block, "the version moves with what changes"
    with connection.cursor() as cursor:
        cursor.execute(_MOVE)
