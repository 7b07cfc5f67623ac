"""Plain SQL where building a statement anew would take longer than running it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import connection

Rows = Sequence[tuple[Any, ...]]


def rows(sql: str, params: Sequence[Any] = ()) -> Rows:
    """What a statement selects; moments are to be made `aware`."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        found: Rows = cursor.fetchall()
    return found


def aware(at: datetime) -> datetime:
    """A moment as the ORM gives it: SQLite keeps it in UTC without saying so."""
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def places(number: int) -> str:
    """The places of so many parameters, as they stand in brackets."""
    return ", ".join(["%s"] * number)
