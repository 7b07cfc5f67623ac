"""Pictures on the disk, those used last, and which could not be had."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

FAILED_S = 900.0  # that a picture which could not be had is not asked for again
TOUCHED_S = 3600.0  # between two notes of its use
ABANDONED_S = 3600.0  # for what is half written
SHARING = 4  # processes that may fill the folder meanwhile, to be on the safe side
ROOM = 0.1  # of the folder, that is made at once
_FAILED, _PARTIAL = ".failed", ".partial"


class Shelf:
    """A folder of files, of some bytes at the most; those used least recently go."""

    def __init__(self, folder: Path, most_bytes: int) -> None:
        self.folder = folder
        self.most_bytes = most_bytes
        self._room = 0

    def get(self, url: str, width: int) -> bytes | None:
        """The picture of an address, so wide, if it is kept."""
        file = self._file(url, f"{width}.webp")
        try:
            found = file.read_bytes()
            if time.time() - file.stat().st_mtime > TOUCHED_S:
                os.utime(file)
        except OSError:
            return None
        return found

    def put(self, url: str, width: int, picture: bytes) -> None:
        """Keep a picture."""
        self._write(self._file(url, f"{width}.webp"), picture)

    def has_failed(self, url: str) -> bool:
        """Whether the picture of an address could not be had a while ago."""
        with suppress(OSError):
            failed_at = self._file(url, _FAILED).stat().st_mtime
            return abs(time.time() - failed_at) < FAILED_S
        return False

    def put_failure(self, url: str, why: str) -> None:
        """Note that it cannot be had."""
        self._write(self._file(url, _FAILED), why.encode())

    def size(self) -> int:
        """Bytes that all of it takes."""
        return sum(held.st_size for _, held in self._files())

    def empty(self) -> None:
        """Keep nothing."""
        for path, _ in list(self._files()):
            with suppress(OSError):
                os.unlink(path)

    def _file(self, url: str, kind: str) -> Path:
        name = blake2b(url.encode(), digest_size=16).hexdigest()
        return self.folder / name[:2] / f"{name[2:]}{kind}"

    def _write(self, file: Path, content: bytes) -> None:
        """Write a file whole, for its owner alone; a full disk keeps nothing."""
        self._make_room(len(content))
        with suppress(OSError):
            for folder in (self.folder, file.parent):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            made, partial = tempfile.mkstemp(_PARTIAL, dir=file.parent)
            try:
                with os.fdopen(made, "wb") as written:
                    written.write(content)
                os.replace(partial, file)
            except OSError:
                os.unlink(partial)
                raise

    def _make_room(self, size: int) -> None:
        """See that there is room; looked at anew only when it may have run out."""
        self._room -= size * SHARING
        if self._room >= 0:
            return
        now = time.time()
        files = sorted(self._files(), key=lambda one: one[1].st_mtime)
        left = sum(held.st_size for _, held in files) + size
        allowed = self.most_bytes if left <= self.most_bytes else self._after_clearing()
        for path, held in files:
            abandoned = now - held.st_mtime > ABANDONED_S and path.endswith(_PARTIAL)
            if left > allowed or abandoned:
                with suppress(OSError):
                    os.unlink(path)
                    left -= held.st_size
        self._room = max(0, self.most_bytes - left)

    def _after_clearing(self) -> int:
        return int(self.most_bytes * (1 - ROOM))

    def _files(self) -> Iterator[tuple[str, os.stat_result]]:
        with suppress(OSError), os.scandir(self.folder) as folders:
            for folder in folders:
                with suppress(OSError), os.scandir(folder) as files:
                    for file in files:
                        with suppress(OSError):
                            yield file.path, file.stat(follow_symlinks=False)
