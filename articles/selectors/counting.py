"""Counts that stop where readers no longer care, and counts of many ranges at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connections
from django.db.models import Func, IntegerField, QuerySet, Subquery

from .feed import COUNTED


class CountUpTo(Subquery):
    """How many rows a subquery gives, counting `most` and one more at the most."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()

    def __init__(self, rows: QuerySet[Any], *, most: int = COUNTED) -> None:
        super().__init__(rows.order_by().values("pk")[: most + 1])


class _Rows(Func):
    """COUNT(*) by itself: without the grouping that an aggregate brings along."""

    template = "COUNT(*)"
    output_field = IntegerField()


def capped(found: int, *, most: int = COUNTED) -> str:
    """A count in words that stopped past `most`: "38", "1,000+"."""
    return f"{most:,}+" if found > most else f"{found:,}"


def counts_between(
    rows: QuerySet[Any], field: str, ranges: Sequence[tuple[datetime, datetime]]
) -> list[int]:
    """How many rows lie in each range, its end excluded, in one query.

    Each range is counted by itself from an index on `field`, which reads a row once.
    Conditional aggregates try each row against every range: forty times slower on a
    topic of 240,000 stories. One range is compiled and serves all, since compiling
    each would cost more than counting.
    """
    if not ranges:
        return []
    within = dict(zip((f"{field}__gte", f"{field}__lt"), ranges[0], strict=True))
    counted = rows.filter(**within).order_by().values_list(_Rows())
    sql, given = counted.query.sql_with_params()
    connection = connections[rows.db]
    adapt = connection.ops.adapt_datetimefield_value
    # The bounds are the condition added last, and so the last two parameters.
    params = [
        value
        for begin, end in ranges
        for value in (*given[:-2], adapt(begin), adapt(end))
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join([f'({sql})'] * len(ranges))}", params)
        return list(cursor.fetchone())
