"""A database to try an import in: what it would do is what it does there.

A dry run is the real import into a copy, so that its report cannot differ from the
import's own. SQLite copies a database while others read and write it; databases
that keep readers and writers apart by themselves take the trial back at the end.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import Error, connection, transaction

from articles.models.writing import writing

from .obstacles import Hindered, obstacle


@contextmanager
def scratch_database() -> Iterator[None]:
    """Let everything inside go to a database that is thrown away.

    Raises Hindered where there is no room for it.
    """
    name = str(connection.settings_dict["NAME"])
    in_memory = "memory" in name
    if connection.vendor != "sqlite" or in_memory or connection.in_atomic_block:
        with writing():
            yield
            transaction.set_rollback(True)
        return
    with tempfile.TemporaryDirectory(prefix="newsagg-dry-run-") as folder:
        copy = str(Path(folder) / "copy.sqlite3")
        connection.ensure_connection()
        with _hindered(copy), closing(sqlite3.connect(copy)) as target:
            connection.connection.backup(target)
        connection.close()
        connection.settings_dict["NAME"] = copy
        try:
            with _hindered(copy):
                yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = name


@contextmanager
def _hindered(copy: str) -> Iterator[None]:
    """Name the copy, and not the site's own file, where its disk is full, say."""
    try:
        yield
    except (sqlite3.Error, Error) as error:
        if said := obstacle(error, file=copy):
            raise Hindered(said) from error
        raise
