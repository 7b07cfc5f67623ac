"""CPU of answering pages, and the part of it that the database takes."""

from __future__ import annotations

import gc
import hashlib
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.test import Client

from .addresses import addresses

Taken = dict[str, Any]


def timed_pages(times: int, only: Collection[str] = ()) -> dict[str, Taken]:
    """By type of page: milliseconds of CPU, those of SQL, and a digest of answers."""
    found = {
        name: some
        for name, some in addresses().items()
        if not only or any(part in name for part in only)
    }
    client = Client()
    gc.disable()  # a collection falls to whichever page it likes
    with _timed_database() as sql:
        return {name: _timed(client, some, times, sql) for name, some in found.items()}


def _timed(
    client: Client, addresses: Collection[str], times: int, sql: list[float]
) -> Taken:
    taken: list[float] = []
    in_database: list[float] = []
    digest = hashlib.blake2b(digest_size=8)
    for address in addresses:
        answer = client.get(address)  # warms up
        if answer.status_code != 200:
            raise SystemExit(f"{address} answers {answer.status_code}")
        digest.update(answer.content)
        gc.collect()
        for _ in range(times):
            sql.clear()
            begun = time.process_time()
            client.get(address)
            taken.append((time.process_time() - begun) * 1000)
            in_database.append(sum(sql) * 1000)
    return {"cpu": taken, "sql": in_database, "digest": digest.hexdigest()}


class _TimedCursor(CursorWrapper):
    """Notes what each call takes: SQLite works while rows are fetched, too."""

    taken: list[float]

    def __getattr__(self, name: str) -> Any:
        found = super().__getattr__(name)
        if not name.startswith("fetch"):
            return found
        return lambda *given: self._noted(lambda: found(*given))

    def _execute_with_wrappers(self, *given: Any, **named: Any) -> Any:
        execute = super()._execute_with_wrappers
        return self._noted(lambda: execute(*given, **named))

    def _noted(self, work: Callable[[], Any]) -> Any:
        begun = time.process_time()
        try:
            return work()
        finally:
            self.taken.append(time.process_time() - begun)


@contextmanager
def _timed_database() -> Iterator[list[float]]:
    _TimedCursor.taken = []
    make = connection.make_cursor
    connection.make_cursor = lambda cursor: _TimedCursor(cursor, connection)  # type: ignore[method-assign]
    try:
        yield _TimedCursor.taken
    finally:
        connection.make_cursor = make  # type: ignore[method-assign]
