"""The transactions of the site: one way to write, and one to read a single moment.

Every outermost transaction begins here. A writer takes its lock when it begins and
not half-way, so it waits for others instead of failing. Writers take turns: SQLite
lets whoever asks at the right moment go first, so that one which writes again and
again would keep others waiting; here it stands behind those who came meanwhile.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, OperationalError, connection, transaction

# The number of this site's lock, where a database gives out locks by number.
ADVISORY_LOCK = 0x6E657773
POLL = 0.005  # seconds between two looks at whose turn it is
# Makes files that nobody but their owner may open.
private = partial(os.open, mode=0o600)


@contextmanager
def writing(*, alone: bool = True) -> Iterator[None]:
    """A transaction that writes: all of it happens, or nothing.

    Inside another one it is a part of that, undone `alone` when it fails, or else with
    all of it. Raises OperationalError where others keep the database locked for longer
    than its timeout.
    """
    with ExitStack() as until:
        if connection.in_atomic_block:
            until.enter_context(transaction.atomic(savepoint=alone))
        else:
            _begin_writing(until)
        yield


@contextmanager
def reading() -> Iterator[None]:
    """One moment of the database: what others write meanwhile is not seen inside.

    Nothing can be written inside. Within a transaction it changes nothing.
    """
    with ExitStack() as until:
        if not connection.in_atomic_block:
            _begin_reading(until)
        yield


class _TakenBack(Exception):
    """Ends a trial."""


@contextmanager
def trial() -> Iterator[None]:
    """A transaction that is taken back: what would be, if all inside were done.

    Others neither see it nor write meanwhile, so it has to be short. Inside nothing
    may be kept elsewhere, in a cache say.
    """
    with suppress(_TakenBack), writing():
        yield
        raise _TakenBack


@contextmanager
def nobody_writing() -> Iterator[None]:
    """Who wrote to SQLite's file has ended, and nobody begins to: to replace it whole.

    Raises OperationalError where somebody goes on for longer than the timeout.
    """
    with _turn():
        try:
            with ExitStack() as until:
                until.enter_context(transaction.atomic())
        except OperationalError:
            raise
        except DatabaseError:
            pass  # nobody can write to what is no database
        finally:
            connection.close()
        yield


def _begin_writing(until: ExitStack) -> None:
    if connection.vendor == "sqlite":
        with _turn():
            until.enter_context(transaction.atomic())
        return
    until.enter_context(transaction.atomic())
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])


def _begin_reading(until: ExitStack) -> None:
    if connection.vendor == "sqlite":
        until.enter_context(_snapshot())
        return
    until.enter_context(transaction.atomic())
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


@contextmanager
def _snapshot() -> Iterator[None]:
    """A transaction of SQLite that locks nothing.

    It is begun below Django, whose own would lock, as those of its desk should.
    """
    connection.ensure_connection()
    held = connection.connection
    held.execute("BEGIN DEFERRED")
    try:
        yield
    finally:
        held.commit()


@contextmanager
def _turn() -> Iterator[None]:
    """The right to ask for the lock of the database next; others wait for it."""
    until = time.monotonic() + float(
        connection.settings_dict.get("OPTIONS", {}).get("timeout", 5)
    )
    try:
        # Closed below, but what fails to open is no failure of what is done inside.
        path = Path(settings.VAR_DIR) / "writing.lock"
        held = open(path, "a", opener=private)  # noqa: SIM115
    except OSError:
        # Where no file can be written the database says so itself.
        yield
        return
    with held:
        while True:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > until:
                    raise OperationalError("database is locked") from None
                time.sleep(POLL)
        yield
