"""Which files of watched paths have come to rest and are not imported yet."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from .source import Source, UnusableSource
from .sources import find_sources

QUIET = 2.0  # seconds without a change: nobody writes to the file any more

Signature = tuple[int, int, int]  # inode, size, time of the last change


class Watch:
    """The state of the files below some paths. The clock is the caller's."""

    def __init__(self, paths: Sequence[Path], *, root: Path | None = None) -> None:
        self._paths = paths
        self._root = root
        self._seen: dict[str, tuple[Signature, float]] = {}
        self._imported: dict[str, Signature] = {}

    def ready(self, now: float) -> list[Source]:
        """Files at rest for QUIET seconds whose present state is not imported."""
        found: list[Source] = []
        seen: dict[str, tuple[Signature, float]] = {}
        for source in self._sources():
            signature = _signature(source)
            if signature is None or self._imported.get(source.label) == signature:
                continue
            held, since = self._seen.get(source.label, (None, now))
            since = since if held == signature else now
            seen[source.label] = (signature, since)
            if now - since >= QUIET:
                found.append(source)
        self._seen = seen
        return found

    def done(self, sources: Iterable[Source]) -> None:
        """Note that these were imported in the state in which they were ready."""
        for source in sources:
            held = self._seen.pop(source.label, None)
            if held is not None:
                self._imported[source.label] = held[0]

    def _sources(self) -> list[Source]:
        found: list[Source] = []
        for path in self._paths:
            try:
                found.extend(find_sources(path, root=self._root))
            except UnusableSource:
                # It may come later: that is what watching is for.
                continue
        return found


def _signature(source: Source) -> Signature | None:
    """What tells one state of a source from another; of a member, the archive's."""
    path = source.archive or source.label
    try:
        held = os.stat(path)
    except OSError:
        return None
    return held.st_ino, held.st_size, held.st_mtime_ns
