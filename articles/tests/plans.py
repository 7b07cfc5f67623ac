"""How the database answers what some code asks of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

of_sqlite = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="plans are SQLite's"
)


def plans_of(ask: Callable[[], object]) -> list[str]:
    """The plan of each query, in order."""
    with CaptureQueriesContext(connection) as asked:
        ask()
    found = [query["sql"] for query in asked if query["sql"].startswith("SELECT")]
    with connection.cursor() as cursor:
        plans = []
        for sql in found:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}".replace("%", "%%"), ())
            plans.append("\n".join(row[3] for row in cursor.fetchall()))
    return plans
