"""One import at a time: a lock that dies with its process."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from articles.models.writing import private


class AnotherImportRuns(Exception):
    """The lock is held by another process."""


@contextmanager
def import_lock() -> Iterator[None]:
    """Hold the lock of this installation; raises AnotherImportRuns at once.

    The kernel lets go of it when the process ends, however it ends. The file
    itself stays: removing it would let two processes lock two files.
    """
    path = Path(settings.VAR_DIR) / "import.lock"
    with open(path, "a", opener=private) as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AnotherImportRuns from None
        yield
