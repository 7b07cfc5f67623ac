"""Plain SQL where building a statement anew would take longer than running it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import QuerySet, Value

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


@dataclass(frozen=True, slots=True)
class _Place:
    name: str


def given(name: str) -> Any:
    """A value of a `Prepared` query that is known only when its rows are asked for."""
    return Value(_Place(name))


class Prepared:
    """A query of the ORM for plain rows, built once in a process and not each time.

    Moments among the rows are to be made `aware`.
    """

    def __init__(self, build: Callable[[], QuerySet[Any, Any]]) -> None:
        self.build = build

    def rows(self, **values: Any) -> Rows:
        """What it selects with these values `given`."""
        sql, params = self._statement
        return rows(sql, [_filled(param, values) for param in params])

    def row(self, **values: Any) -> tuple[Any, ...] | None:
        """The first of its rows, None if there is none."""
        found = self.rows(**values)
        return found[0] if found else None

    @cached_property
    def _statement(self) -> tuple[str, tuple[Any, ...]]:
        return self.build().query.sql_with_params()


def _filled(param: Any, values: dict[str, Any]) -> Any:
    return values[param.name] if isinstance(param, _Place) else param
