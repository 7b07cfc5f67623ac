"""Ending between two batches when somebody asks for it."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def stopping() -> Iterator[list[int]]:
    """Collect SIGINT and SIGTERM, so that what is begun is finished first."""
    stopped: list[int] = []
    before = {
        number: signal.signal(number, lambda held, frame: stopped.append(held))
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield stopped
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
