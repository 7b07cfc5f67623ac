"""What a file of a database holds, and whether it is sound and this site's."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from django.db import connection

from articles.rules.phrasing import counted

from .migrations import Migration

MAGIC = b"SQLite format 3\0"
WRITE_AHEAD = 2  # what byte 18 of a file says that keeps a log beside it
COUNTED = {
    "drop": "articles_drop",
    "decision": "articles_decision",
    "page": "articles_page",
}


class NoFile(Exception):
    """The site's database is no file that could be copied; says what to do instead."""


class Unusable(Exception):
    """A file is no sound database of newsagg; says why."""


@dataclass(frozen=True)
class Contents:
    """How much a database holds, by what it holds, and its migrations."""

    rows: dict[str, int]
    migrations: frozenset[Migration]

    def __str__(self) -> str:
        return ", ".join(counted(number, what) for what, number in self.rows.items())


def site_file() -> Path:
    """The file of the site's database; raises NoFile where it is none."""
    if connection.vendor != "sqlite":
        raise NoFile(
            "the database is no file of SQLite: use the tools that come with it, for "
            "PostgreSQL pg_dump and pg_restore"
        )
    name = str(connection.settings_dict["NAME"])
    if "memory" in name:
        raise NoFile("the database lies in memory and is gone with its process")
    return Path(name.removeprefix("file:")).absolute()


@contextmanager
def opened(file: Path) -> Iterator[sqlite3.Connection]:
    """A database that is only read, without a trace beside it.

    Raises Unusable where it is none, OSError where it cannot be read.
    """
    with file.open("rb") as held:
        head = held.read(100)
    if not head.startswith(MAGIC) or len(head) < 100:
        raise Unusable("it is no database of SQLite")
    log = file.with_name(f"{file.name}-wal")
    whole = head[18] == WRITE_AHEAD and not (log.exists() and log.stat().st_size)
    how = "immutable=1" if whole else "mode=ro"
    address = f"file:{quote(str(file.absolute()))}?{how}"
    with closing(sqlite3.connect(address, uri=True)) as database:
        yield database


def examine(database: sqlite3.Connection) -> Contents:
    """What a database holds. Raises Unusable where it is damaged or another's."""
    try:
        found = contents(database)
    except sqlite3.DatabaseError as error:
        raise Unusable(f"it is damaged: {error}") from None
    if said := damage(database, "integrity_check"):
        raise Unusable(said)
    return found


def damage(database: sqlite3.Connection, check: str) -> str:
    """What is broken in a database, in words; "" if nothing is.

    `check` is the pragma that looks for it: integrity_check, or the quicker one.
    """
    try:
        [said] = database.execute(f"PRAGMA {check}(1)").fetchone()
        broken = database.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as error:
        return f"it is damaged: {error}"
    if said != "ok":
        return f"it is damaged: {' '.join(str(said).split())}"
    return (
        f"a row of {broken[0]} names one of {broken[2]} that is gone" if broken else ""
    )


def contents(database: sqlite3.Connection) -> Contents:
    """What a database says that it holds; raises Unusable if it is another's."""
    tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
    if not tables.issuperset({"django_migrations", *COUNTED.values()}):
        raise Unusable("it is no database of newsagg")
    migrations = database.execute("SELECT app, name FROM django_migrations")
    return Contents(
        migrations=frozenset(migrations.fetchall()),
        rows={
            what: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for what, table in COUNTED.items()
        },
    )
