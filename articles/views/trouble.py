"""What is wrong with the database, where that is why a page could not be made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.sessions.exceptions import SessionInterrupted
from django.db import DatabaseError, InterfaceError


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something about the database that is not the fault of any code."""

    title: str
    reason: str
    advice: str
    retry_after: int | None  # seconds; None: waiting alone will not help


BUSY = Trouble(
    "The site is busy",
    "Another change is being saved, and it is taking longer than usual.",
    "Nothing is broken: try again in a few seconds.",
    10,
)
AWAY = Trouble(
    "Part of the site is unavailable",
    "Its database is not responding.",
    "Try again in a minute.",
    60,
)
FULL = Trouble(
    "The site cannot save anything",
    "Its storage is full or read-only.",
    "Those who run it must fix this; everything here can still be read.",
    None,
)
# SQLite's result codes: BUSY and LOCKED; CANTOPEN and IOERR; FULL and READONLY.
OF_SQLITE = {5: BUSY, 6: BUSY, 14: AWAY, 10: AWAY, 13: FULL, 8: FULL}
# PostgreSQL's: classes (two characters) and single ones.
OF_STATE = {
    "55P03": BUSY,  # lock not available
    "57014": BUSY,  # cancelled by a timeout
    "40001": BUSY,  # could not be serialised
    "40P01": BUSY,  # deadlock
    "53300": BUSY,  # too many connections
    "08": AWAY,
    "57P": AWAY,  # shut down, or not up yet
    "53100": FULL,
    "25006": FULL,  # read only
}
WORDS = (
    (re.compile(r"database (table |schema )?is locked|lock timeout", re.I), BUSY),
    (
        re.compile(
            r"unable to open database|connection (refused|timed out|is closed|already "
            r"closed|reset)|could not connect|connection failed|server closed the "
            r"connection|could not translate host|timeout expired|disk I/O error",
            re.I,
        ),
        AWAY,
    ),
    (re.compile(r"database or disk is full|readonly database|read-only", re.I), FULL),
)


def trouble_behind(error: BaseException | None) -> Trouble | None:
    """Which trouble with the database an error comes from, however it was wrapped."""
    for one in _causes(error):
        if isinstance(one, DatabaseError | InterfaceError):
            found = _trouble(one)
            if found is not None:
                return found
    return None


def after_the_view(error: BaseException | None) -> bool:
    """Whether it was the session that could not be saved, when all else had been."""
    return any(isinstance(one, SessionInterrupted) for one in _causes(error))


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        one = waiting.pop()
        if one is not None and id(one) not in seen:
            seen.add(id(one))
            yield one
            waiting += [one.__context__, one.__cause__]


def _trouble(error: BaseException) -> Trouble | None:
    driver = error.__cause__
    code = getattr(driver, "sqlite_errorcode", None)
    if code is not None:
        # The lower byte is the kind, whatever more precise is said above it.
        return OF_SQLITE.get(code & 0xFF)
    state = getattr(driver, "sqlstate", None) or getattr(driver, "pgcode", None)
    if state:
        return OF_STATE.get(state) or OF_STATE.get(state[:3]) or OF_STATE.get(state[:2])
    said = str(error)
    return next((found for words, found in WORDS if words.search(said)), None)
