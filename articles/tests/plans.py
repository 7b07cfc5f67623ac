"""How SQLite would answer a question: which index it takes, what it scans."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

of_sqlite = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="plans are SQLite's"
)


def plan(sql: str) -> list[str]:
    """The lines of the plan of a statement whose values are written out."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}".replace("%", "%%"), ())
        return [row[3] for row in cursor.fetchall()]


def plan_of(question: QuerySet[Any]) -> list[str]:
    """The same of a question of the ORM."""
    return question.explain().split("\n")


def plans_of(ask: Callable[[], object]) -> list[str]:
    """The plan of each question that some code asks, in order."""
    with CaptureQueriesContext(connection) as asked:
        ask()
    found = [query["sql"] for query in asked if query["sql"].startswith("SELECT")]
    return ["\n".join(_of_tables(plan(sql))) for sql in found]


def _of_tables(lines: list[str]) -> list[str]:
    """Those lines that are not about values given to the question."""
    return [line for line in lines if "json_each" not in line]
