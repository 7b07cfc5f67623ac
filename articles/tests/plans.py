"""How SQLite would answer a question: which index it takes, what it scans."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.models import QuerySet


def plan(sql: str) -> list[str]:
    """The lines of the plan of a statement whose values are written out."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}".replace("%", "%%"), ())
        return [row[3] for row in cursor.fetchall()]


def plan_of(question: QuerySet[Any]) -> list[str]:
    """The same of a question of the ORM."""
    return question.explain().split("\n")
