"""Whether the database can be read and written, and is whole."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder

from articles.models.writing import writing
from articles.rules.phrasing import counted

from .contents import NoFile, damage, site_file
from .failing import in_words
from .finding import Finding
from .migrations import missing, newer

OLDEST = (3, 31, 0)  # what Django 5.2 asks for
ROOM = 200_000_000  # bytes: what an import of a month may take


def sqlite_findings() -> Iterator[Finding]:
    """Whether this Python's SQLite can do what the site asks of it."""
    if sqlite3.sqlite_version_info < OLDEST:
        yield Finding(
            f"SQLite is {sqlite3.sqlite_version}.",
            f"Django needs {'.'.join(map(str, OLDEST))} or later.",
            "Use a Python with a later SQLite.",
        )
    try:
        with closing(sqlite3.connect(":memory:")) as tried:
            tried.execute("CREATE VIRTUAL TABLE words USING fts5(word)")
    except sqlite3.Error:
        yield Finding(
            "SQLite is built without FTS5.",
            "The search is kept in a table of that kind.",
            "Use a Python whose SQLite has FTS5.",
        )


def database_findings(*, wholly: bool = True) -> Iterator[Finding]:
    """What is wrong with the database; nothing more is asked of one that is broken.

    Unless it is done wholly, it is neither read through nor written to.
    """
    try:
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            tables = connection.introspection.table_names(cursor)
    except DatabaseError as error:
        yield Finding(
            f"The database cannot be opened: {in_words(error)}.",
            "Every page answers with an error.",
            "See that DATABASE_URL names it and that this user may read and write "
            "it; manage.py restore FILE puts a backup in its place.",
        )
        return
    if not tables:
        yield Finding(
            "The database is empty.",
            "Every page answers with an error.",
            "Run manage.py migrate, then import_seeds; or restore a backup.",
        )
        return
    if wholly:
        yield from _writable()
    if connection.vendor == "sqlite":
        yield from _file(wholly)


def _writable() -> Iterator[Finding]:
    try:
        with writing():
            pass
    except DatabaseError as error:
        yield Finding(
            f"The database cannot be written: {in_words(error)}.",
            "Imports and decisions fail.",
            "If it is locked, see what writes for so long; else give this user the "
            "right to write the file and its folder.",
        )


def _file(wholly: bool) -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        [mode] = cursor.fetchone()
    if wholly and (said := damage(connection.connection, "quick_check")):
        yield Finding(
            f"The database is not sound: {said}.",
            "Pages and imports fail where it is, and it may spread.",
            "Stop what writes, and put a backup back by manage.py restore FILE.",
        )
    try:
        file = site_file()
    except NoFile:
        return
    if mode != "wal":
        yield Finding(
            f"The database keeps no log beside it (its mode is {mode}).",
            "Readers wait while an import writes.",
            "Move it from a network drive to a disk of this machine.",
        )
    yield from _room(file)
    if file.stat().st_mode & 0o077:
        yield Finding(
            f"{file} can be opened by other users of this machine.",
            "It holds what is not published, and the passwords' hashes.",
            f"chmod 600 {file}",
        )


def _room(file: Path) -> Iterator[Finding]:
    free, size = shutil.disk_usage(file.parent).free, file.stat().st_size
    if free < max(ROOM, size):
        yield Finding(
            f"{free // 1_000_000:,} MB are free on the disk of the database, which "
            f"has {size // 1_000_000:,} MB.",
            "Imports, migrations and restores need as much again, and fail without.",
            "Make room, or move VAR_DIR to a larger disk.",
        )


def migration_findings() -> Iterator[Finding]:
    """Whether the database and the code are of one version."""
    seen = frozenset(MigrationRecorder(connection).applied_migrations())
    if later := newer(seen):
        yield Finding(
            f"The database is newer than the code: it has {later[-1]}.",
            "The code does not know its tables.",
            "Update the code, or restore a backup from before the update.",
        )
    if due := missing(seen):
        yield Finding(
            f"{counted(len(due), 'migration')} {_are(due)} missing: {due[0]}.",
            "The code asks for tables and columns that are not there.",
            "Run manage.py backup FILE, then manage.py migrate.",
        )
    elif gone := _tables_gone():
        yield Finding(
            f"The database lacks {counted(len(gone), 'table')}: {gone[0]}.",
            "Somebody took out what migrations had made.",
            "Put a backup back by manage.py restore FILE.",
        )


def _tables_gone() -> list[str]:
    held = set(connection.introspection.table_names())
    wanted = connection.introspection.django_table_names(include_views=False)
    return sorted(set(wanted) - held)


def _are(several: list[str]) -> str:
    return "is" if len(several) == 1 else "are"
