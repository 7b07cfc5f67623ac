"""Which files of watched paths have come to rest and are not imported yet."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from .archives import in_archive, is_archive
from .source import PassedOver, Source, UnusableSource, unusable
from .sources import archives_below, find_sources

QUIET = 2.0  # seconds without a change: nobody writes to the file any more

# Device, inode, size, times of the last change of its bytes and of anything.
Signature = tuple[int, int, int, int, int]
Find = Callable[[], Iterable[Source]]


class Watch:
    """The state of the files below some paths. The clock is the caller's.

    An archive that lies in a watched folder is imported like one that is named.
    """

    def __init__(self, paths: Sequence[Path], *, root: Path | None = None) -> None:
        self._paths = paths
        self._root = root
        self._seen: dict[str, tuple[Signature, float]] = {}
        self._imported: dict[str, Signature] = {}

    def ready(self, now: float) -> list[list[Source]]:
        """What is at rest for QUIET seconds and not imported as it is, run by run.

        Each archive has a run of its own, the oldest first, and the files have the
        last one: of two versions the one that lies there plainly is the current.
        """
        files: list[Source] = []
        archives: list[tuple[int, list[Source]]] = []
        for path, is_packed, find in self._at_rest(now):
            found = list(find())
            if is_packed:
                archives.append((self._seen[path][0][3], found))
            else:
                files += found
        archives.sort(key=lambda archive: archive[0])
        return [run for run in (*(run for _, run in archives), files) if run]

    def done(self, sources: Iterable[Source]) -> None:
        """Note that these were imported in the state in which they were ready."""
        for source in sources:
            held = self._seen.pop(source.archive or source.label, None)
            if held is not None:
                self._imported[source.archive or source.label] = held[0]

    def _at_rest(self, now: float) -> list[tuple[str, bool, Find]]:
        seen: dict[str, tuple[Signature, float]] = {}
        imported: dict[str, Signature] = {}
        ready = []
        for path, is_packed, find in self._found():
            signature = _signature(path)
            if signature is None or path in seen:
                continue
            if self._imported.get(path) == signature:
                imported[path] = signature
                continue
            held, since = self._seen.get(path, (None, now))
            since = since if held == signature else now
            seen[path] = (signature, since)
            if now - since >= QUIET:
                ready.append((path, is_packed, find))
        # What has gone is forgotten: if it comes back, it is new.
        self._seen, self._imported = seen, imported
        return ready

    def _found(self) -> Iterator[tuple[str, bool, Find]]:
        """Every file there is, whether it is an archive, and how to find its drops."""
        for path in self._paths:
            if path.is_dir():
                for packed in archives_below(path):
                    yield packed, True, _members_of(Path(packed))
            elif path.is_file() and is_archive(path):
                yield str(path), True, _members_of(path)
                continue
            try:
                for source in find_sources(path, root=self._root):
                    if not _is_remark(source):
                        yield source.label, False, _one(source)
            except UnusableSource:
                # It may come later: that is what watching is for.
                continue


def _one(source: Source) -> Find:
    return lambda: [source]


def _members_of(path: Path) -> Find:
    def find() -> Iterator[Source]:
        try:
            yield from in_archive(path)
        except UnusableSource as error:
            yield unusable(str(path), str(path), error)

    return find


def _is_remark(source: Source) -> bool:
    """Whether there is nothing to import nor to reject, which is said only once."""
    if source.usable:
        return False
    try:
        source.read()
    except PassedOver:
        return True
    except (UnusableSource, OSError):
        return False
    return False


def _signature(path: str) -> Signature | None:
    """What tells one state of a file from another."""
    try:
        held = os.stat(path)
    except OSError:
        return None
    return held.st_dev, held.st_ino, held.st_size, held.st_mtime_ns, held.st_ctime_ns
