"""Copies of the site's database: made beside a running site, and put back."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path

from django.db import connection

from articles.models.writing import nobody_writing, reading

from .contents import Contents, Unusable, contents, examine, opened, site_file
from .migrations import newer

PATIENCE = 10.0  # seconds to wait for others who have the database locked
COMPANIONS = ("-wal", "-shm", "-journal")

Stop = Callable[[], bool]


class Interrupted(Exception):
    """Somebody asked to stop; nothing was done."""


@dataclass(frozen=True)
class Restored:
    """What the database holds now, and where what it held before is kept."""

    contents: Contents
    kept: Path | None


def back_up(target: Path, *, stop: Stop = lambda: False) -> Contents:
    """Copy one moment of the database into a file, which is there whole or not at all.

    A file of that name is replaced. Raises Unusable where the copy is not sound,
    OSError or sqlite3.Error where it cannot be written, Interrupted.
    """
    with _taking_its_place(target) as partial:
        with reading():
            held = contents(connection.connection)
            _copy(connection.connection, partial)
        with opened(partial) as made:
            if examine(made) != held:
                raise Unusable("it holds something else than the database")
        if stop():
            raise Interrupted
    return held


def restore(backup: Path, *, now: datetime, stop: Stop = lambda: False) -> Restored:
    """Let the site's database hold what a backup holds.

    The backup is examined before anything is touched. It is copied into the file that
    running servers have open, in one transaction: their next request finds it, and
    after a death in the middle the database is as it was. The caller holds the import
    lock. Raises Unusable, OSError, sqlite3.Error, Interrupted.
    """
    live = site_file()
    with opened(backup) as database:
        held = _restorable(database)
        with nobody_writing(), _kept_aside(live, now) as kept:
            if stop():
                raise Interrupted
            _fill(live, database)
    return Restored(held, kept)


def _restorable(database: sqlite3.Connection) -> Contents:
    held = examine(database)
    if later := newer(held.migrations):
        raise Unusable(
            f"it was made by a later version, with the migration {later[-1]}: "
            "update the code first"
        )
    return held


@contextmanager
def _taking_its_place(target: Path) -> Iterator[Path]:
    """A private file in the same folder that becomes `target` in the end, or goes."""
    made, name = tempfile.mkstemp(".partial", ".newsagg-", target.parent)
    os.close(made)
    partial = Path(name)
    try:
        yield partial
        _sync(partial)
        partial.replace(target)
        _sync(target.parent)
    finally:
        for end in ("", *COMPANIONS):
            partial.with_name(partial.name + end).unlink(missing_ok=True)


def _sync(path: Path) -> None:
    """Have what was written on the disk before anything is said of it."""
    held = os.open(path, os.O_RDONLY)
    try:
        os.fsync(held)
    finally:
        os.close(held)


def _copy(database: sqlite3.Connection, file: Path) -> None:
    """Copy a database into a new file that needs no other beside it."""
    with closing(sqlite3.connect(file, isolation_level=None)) as copied:
        # The file is nobody's yet: where this fails it is thrown away.
        copied.execute("PRAGMA journal_mode=OFF")
        copied.execute("PRAGMA synchronous=OFF")
        database.backup(copied, sleep=0.05)
        copied.execute("PRAGMA journal_mode=DELETE")


def _holds_something(live: Path) -> bool:
    """Whether there is a table in it, or something that is no database."""
    if not live.exists() or not live.stat().st_size:
        return False
    try:
        with closing(_connected(live)) as database:
            found = database.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.DatabaseError:
        return True
    return bool(found[0])


@contextmanager
def _kept_aside(live: Path, now: datetime) -> Iterator[Path | None]:
    """What the database holds, in a file beside it, unless nothing takes its place."""
    kept = _keep_aside(live, now) if _holds_something(live) else None
    try:
        yield kept
    except (Interrupted, sqlite3.Error):
        if kept:
            kept.unlink()
            kept.with_name(f"{kept.name}-wal").unlink(missing_ok=True)
        raise


def _keep_aside(live: Path, now: datetime) -> Path:
    """Keep what is replaced in a file beside it; a broken one is copied as it lies."""
    plain = f"{live.name}.replaced-{now:%Y%m%dT%H%M%SZ}"
    names = (live.with_name(f"{plain}-{n}" if n else plain) for n in count())
    kept = next(name for name in names if not name.exists())
    with _taking_its_place(kept) as partial:
        try:
            with closing(_connected(live)) as database:
                _copy(database, partial)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise
            shutil.copyfile(live, partial)
            log = live.with_name(f"{live.name}-wal")
            if log.exists():
                with _taking_its_place(kept.with_name(f"{kept.name}-wal")) as held:
                    shutil.copyfile(log, held)
    return kept


def _connected(live: Path) -> sqlite3.Connection:
    return sqlite3.connect(live, timeout=PATIENCE, isolation_level=None)


def _fill(live: Path, database: sqlite3.Connection) -> None:
    """Put a database into the file that servers have open, or in its place."""
    live.touch(mode=0o600)
    try:
        with closing(_connected(live)) as held:
            held.execute("PRAGMA journal_mode=WAL")
            database.backup(held, progress=_impatient(), sleep=0.05)
            _begin_anew(held)
            # Readers need not be waited for: who comes later takes the log in.
            held.execute("PRAGMA busy_timeout=0")
            held.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.DatabaseError as error:
        if not _of_the_file(error):
            raise
        _put_in_place(live, database)


def _begin_anew(database: sqlite3.Connection) -> None:
    """Let what readers get have a version that it never had in this site.

    Counting begins with the time of the first migration, in milliseconds, so that
    the time of today is ahead of all that was counted since.
    """
    counted = "SELECT 1 FROM sqlite_master WHERE name = 'articles_publication'"
    if database.execute(counted).fetchone():
        database.execute(
            "UPDATE articles_publication SET version = max(version + 1, ?)",
            [time.time_ns() // 1_000_000],
        )


def _impatient() -> Callable[[int, int, int], None]:
    """Gives up where others keep the file locked; SQLite itself would wait for ever."""
    until = time.monotonic() + PATIENCE

    def progress(status: int, remaining: int, total: int) -> None:
        locked = status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
        if locked and time.monotonic() > until:
            raise sqlite3.OperationalError("database is locked")

    return progress


def _of_the_file(error: sqlite3.DatabaseError) -> bool:
    """Whether the file itself cannot take a database: broken, or cut otherwise."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_READONLY,  # said of pages of another size
    )


def _put_in_place(live: Path, database: sqlite3.Connection) -> None:
    with _taking_its_place(live) as partial:
        _copy(database, partial)
        with closing(_connected(partial)) as copied:
            _begin_anew(copied)
        for end in COMPANIONS:
            with suppress(FileNotFoundError):
                live.with_name(live.name + end).unlink()
