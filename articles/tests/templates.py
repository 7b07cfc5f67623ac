"""States of the site that cost much to make: made once in a run, then copied."""

from __future__ import annotations

import fcntl
import pickle
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection, transaction

EMPTY = "empty"
Make = Callable[[], Any]


@contextmanager
def one_at_a_time(lock: Path) -> Iterator[None]:
    """Only one of all workers is inside."""
    with lock.open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


@dataclass(frozen=True)
class Templates:
    """Databases by the name of their state, in a folder that all workers share.

    A copy of SQLite's pages takes hundredths of a second, where imports take many
    seconds. Other databases have no such copy: there each state is made anew in a
    transaction, which is rolled back.
    """

    folder: Path
    _held: list[str] = field(default_factory=lambda: [EMPTY])

    @contextmanager
    def site(self, name: str, make: Make, on: str = EMPTY) -> Iterator[Any]:
        """The test database in a state, with what `make` gave; then as before.

        The state is made from another one, which is that of no imports.
        """
        if connection.vendor != "sqlite":
            with transaction.atomic():
                yield make()
                transaction.set_rollback(True)
            return
        assert not connection.in_atomic_block, "a state is restored before `db` begins"
        try:
            made = self._restored(name, make, on)
            self._held.append(name)
            yield made
        finally:
            self._leave(name)

    @contextmanager
    def copy_of(self, file: Path) -> Iterator[None]:
        """The test database with what a site's own file holds; then as before."""
        assert not connection.in_atomic_block, "a state is restored before `db` begins"
        plain = file.with_suffix(".copied")
        with closing(sqlite3.connect(file)) as site, closing(_new(plain)) as copied:
            site.backup(copied)
            # A database in memory has no log beside it.
            copied.execute("PRAGMA journal_mode=DELETE")
        try:
            _fill(plain)
            yield
        finally:
            _fill(self._file(self._held[-1]))

    def keep_empty(self) -> None:
        """Keep the database as migrations left it, before any test."""
        if connection.vendor == "sqlite":
            with one_at_a_time(self.folder / f"{EMPTY}.lock"):
                if not self._file(EMPTY).exists():
                    self._save(EMPTY)

    def copy(self, name: str, to: Path) -> None:
        """The file of a state that was made, for a site of its own."""
        shutil.copy(self._file(name), to)

    def _leave(self, name: str) -> None:
        if self._held[-1] == name:
            self._held.pop()
        _fill(self._file(self._held[-1]))

    def _restored(self, name: str, make: Make, on: str) -> Any:
        told = self.folder / f"{name}.pickle"
        with one_at_a_time(self.folder / f"{name}.lock"):
            if not told.exists():
                _fill(self._file(on))
                made = make()
                self._save(name)
                told.write_bytes(pickle.dumps(made))
                return made
        _fill(self._file(name))
        return pickle.loads(told.read_bytes())

    def _save(self, name: str) -> None:
        connection.ensure_connection()
        with closing(sqlite3.connect(self._file(name))) as file:
            connection.connection.backup(file)

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}.sqlite3"


def _new(file: Path) -> sqlite3.Connection:
    file.unlink(missing_ok=True)
    return sqlite3.connect(file)


def _fill(file: Path) -> None:
    """Let the test database hold what a file holds, and nothing else."""
    connection.ensure_connection()
    with closing(sqlite3.connect(file)) as kept:
        kept.backup(connection.connection)
    # What was remembered of the rows that were there before.
    ContentType.objects.clear_cache()
    cache.clear()
