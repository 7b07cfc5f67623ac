"""What tests of transactions ask of a database, and of the turn of writers."""

from __future__ import annotations

import fcntl
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

in_a_file = [
    pytest.mark.skipif(
        connection.vendor != "sqlite", reason="files and their locks are SQLite's"
    ),
    pytest.mark.usefixtures("file"),
]


def execute(sql: str, *given: object) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return cursor.fetchall() if cursor.description else []


def write(number: int) -> None:
    execute("INSERT INTO some VALUES (%s)", number)


def numbers() -> list[int]:
    return [number for (number,) in execute("SELECT number FROM some ORDER BY number")]


def can_write(other: sqlite3.Connection) -> bool:
    try:
        other.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return False
    other.execute("ROLLBACK")
    return True


def take_turn(folder: Path) -> Any:
    """What holds the turn of writers, until it is closed."""
    held = open(folder / "writing.lock", "a")  # noqa: SIM115
    fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return held


def turn_is_free(folder: Path) -> bool:
    try:
        take_turn(folder).close()
    except BlockingIOError:
        return False
    return True
