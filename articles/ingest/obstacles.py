"""What keeps a database or a disk from working at all: no fault of any drop."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3

from django.db import OperationalError, connection

DISK_FULL = frozenset((errno.ENOSPC, errno.EDQUOT))
_LEAST_ROOM = 1024 * 1024  # bytes; with less, a failing disk is a full one
# What SQLite says by its primary codes; `{0}` is the file of the database.
_FULL = "the disk that holds {0} is full: make room, then run this again"
_READ_ONLY = (
    "the database {0} is read-only: its file, its folder or its disk cannot be written"
)
_LOCKED = "the database {0} is locked by another process: run this again later"
_UNMIGRATED = "the database {0} is not up to date: run manage.py migrate"
_OF_SQLITE = {
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_PERM: _READ_ONLY,
    sqlite3.SQLITE_BUSY: _LOCKED,
    sqlite3.SQLITE_LOCKED: _LOCKED,
    sqlite3.SQLITE_NOTADB: "the file {0} is no database of SQLite",
    sqlite3.SQLITE_CORRUPT: "the database {0} is damaged: bring a backup back",
    sqlite3.SQLITE_CANTOPEN: (
        "the database {0} cannot be opened: is there such a folder, and is it yours?"
    ),
    sqlite3.SQLITE_IOERR: "the disk that holds {0} fails: it cannot be read or written",
    sqlite3.SQLITE_NOMEM: "there is not enough memory for the database {0}",
}
# PostgreSQL's states, the longest match first.
_OF_STATES = {
    "53100": "the disk of the database is full: make room, then run this again",
    "25006": "the database is read-only",
    "55P03": "the database is locked by another process: run this again later",
    "42P01": "the database is not up to date: run manage.py migrate",
    "42703": "the database is not up to date: run manage.py migrate",
    "53": "the database is short of something it needs",
    "08": "the database does not answer",
    "57": "the database does not answer",
    "58": "the disk of the database fails",
}


class Hindered(Exception):
    """Nothing can be done until somebody lends a hand; the message says where."""


def obstacle(error: BaseException, *, file: str = "") -> str:
    """What stands in the way, as a sentence; "" where the statement is at fault.

    `file` is that of the database, if it is not the site's own.
    """
    cause = error if isinstance(error, sqlite3.Error) else error.__cause__
    file = file or str(connection.settings_dict["NAME"])
    if isinstance(cause, sqlite3.Error):
        return _of_sqlite(cause, file)
    if state := getattr(cause, "sqlstate", None):
        found = (_OF_STATES[known] for known in _OF_STATES if state.startswith(known))
        return next(found, "")
    if not isinstance(error, OperationalError):
        return ""
    if "database is locked" in str(error):
        return _LOCKED.format(file)
    if connection.vendor == "sqlite":
        return ""
    return f"the database does not answer: {first_line(error)}"


def file_trouble(error: OSError) -> str:
    """What keeps a file from being read or written, as a sentence."""
    reason = error.strerror or str(error)
    if error.errno in DISK_FULL:
        reason = "its disk is full: make room, then run this again"
    elif error.errno == errno.EROFS:
        reason = "its disk is read-only"
    return f"{error.filename}: {reason}" if error.filename else reason


def first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]


def _of_sqlite(cause: sqlite3.Error, file: str) -> str:
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_ERROR and str(cause).startswith("no such "):
        return _UNMIGRATED.format(file)
    if code in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN) and _is_full(file):
        code = sqlite3.SQLITE_FULL
    return _OF_SQLITE.get(code, "").format(file)


def _is_full(file: str) -> bool:
    """Whether there is hardly any room beside a file, which has many symptoms."""
    try:
        return shutil.disk_usage(os.path.dirname(file) or ".").free < _LEAST_ROOM
    except OSError:
        return False
