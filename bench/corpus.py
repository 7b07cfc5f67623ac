"""The real drops that figures are measured on; they are no part of the project."""

from __future__ import annotations

import os
import re
import tarfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

CORRUPTED = 50
_WEB = re.compile(rb"(?m)(?<=[uU]rl: )['\"]?https?://[^/\s'\"]+")
_YEAR = re.compile(rb"\b20[0-9][0-9](?=-[01][0-9]-[0-3][0-9][T ])")
_TITLE = re.compile(rb"(\ntitle: ['\"]?)")


class Corpus:
    """The drops unpacked in a folder of our own, and folders made from them."""

    def __init__(self, archive: Path, folder: Path) -> None:
        self.folder = folder / "drops"
        self._made = folder / "made"
        with tarfile.open(archive) as packed:
            packed.extractall(folder, filter="data")
        self.files = tuple(sorted(self.folder.iterdir()))

    def subset(self, name: str, files: Sequence[Path]) -> Path:
        """A folder of links to some of the drops; the same name is the same folder."""
        folder = self._made / name
        if not folder.exists():
            folder.mkdir(parents=True)
            for file in files:
                os.link(file, folder / file.name)
        return folder

    def copy(self, number: int) -> Path:
        """All drops with addresses of their own, so many years earlier; 0: as is."""
        if not number:
            return self.folder
        folder = self._made / f"copy{number}"
        if not folder.exists():
            folder.mkdir(parents=True)
            for file in self.files:
                raw = _WEB.sub(rb"\g<0>/copy%d" % number, file.read_bytes())
                raw = _YEAR.sub(lambda found: _earlier(found, number), raw)
                (folder / f"{number}-{file.name}").write_bytes(raw)
        return folder

    def changed(self) -> Path:
        """All drops, each with another title."""
        folder = self._made / "changed"
        if not folder.exists():
            folder.mkdir(parents=True)
            for file in self.files:
                raw = _TITLE.sub(rb"\1Once more ", file.read_bytes(), count=1)
                (folder / file.name).write_bytes(raw)
        return folder

    def spread(self, count: int) -> Sequence[Path]:
        """So many drops, evenly from the first to the last."""
        step = len(self.files) / count
        return [self.files[int(place * step)] for place in range(count)]

    def corrupted(self) -> Path:
        """All drops and 50 copies among them that no one could read."""
        folder = self._made / "corrupted"
        if folder.exists():
            return folder
        self.subset("corrupted", self.files)
        for place, file in enumerate(self.spread(CORRUPTED)):
            broken = _BREAKS[place % len(_BREAKS)](file.read_bytes())
            (folder / f"{file.stem}-copy{file.suffix}").write_bytes(broken)
        return folder

    @contextmanager
    def one_changed(self) -> Iterator[None]:
        """For a while, the drop in the middle has another title."""
        file = self.files[len(self.files) // 2]
        raw, held = file.read_bytes(), file.stat()
        # Into the same file, which other folders link to.
        file.write_bytes(_TITLE.sub(rb"\1Once more ", raw, count=1))
        try:
            yield
        finally:
            file.write_bytes(raw)
            os.utime(file, ns=(held.st_atime_ns, held.st_mtime_ns))


def _earlier(year: re.Match[bytes], years: int) -> bytes:
    """The year so many before, a leap year for a leap year's sake of four each."""
    return b"%d" % (int(year[0]) - 4 * years)


def _without(key: bytes) -> Callable[[bytes], bytes]:
    def cut(raw: bytes) -> bytes:
        begin = raw.index(b"\n" + key) + 1
        return raw[:begin] + raw[raw.index(b"\n", begin) + 1 :]

    return cut


_BREAKS: tuple[Callable[[bytes], bytes], ...] = (
    lambda raw: raw[: len(raw) // 2],  # half of it arrived
    lambda raw: raw[: len(raw) // 3] + b"\xff\xfe" + raw[len(raw) // 3 :],
    lambda raw: raw.replace(b"---\n", b"", 1),
    _without(b"title:"),
    _without(b"publishedDateTime:"),
    lambda raw: raw.replace(b"\ntype:", b"\n  [ {{ type:", 1),
)
