"""Streams that give out no more than their reader has room for."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
from typing import IO, Any, cast

from .bounds import TooMuch

# Of a stream that says how much memory it takes; `xz -9` takes 65 MB.
MAX_MEMORY = 256 * 1024 * 1024
_PORTION = 65_536
_GZIP, _BZIP2, _XZ = b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00"


class Metered(io.BufferedIOBase):
    """Reads from a stream as long as there is `room`, in bytes.

    Headers of archives say how long they are, and readers believe them: here they
    get an end.
    """

    def __init__(self, stream: IO[bytes], room: int) -> None:
        self._stream = stream
        self.room = room

    def read(self, size: int | None = -1) -> bytes:
        """Raises TooMuch."""
        asked = self.room + 1 if size is None or size < 0 else size
        parts = []
        # In portions: some streams ask for memory before they know what they hold.
        while asked > 0 and (part := self._stream.read(min(asked, _PORTION))):
            asked -= len(part)
            self.room -= len(part)
            if self.room < 0:
                raise TooMuch("a header of it is too long: refused")
            parts.append(part)
        return b"".join(parts)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True


def unpacked(file: IO[bytes]) -> IO[bytes]:
    """What a file holds, decompressed if its first bytes say that it is compressed.

    Raises OSError and LZMAError.
    """
    begin = file.read(_PORTION)
    file.seek(0)
    found: Any = file
    if begin.startswith(_GZIP):
        found = gzip.GzipFile(fileobj=file)
    elif begin.startswith(_BZIP2):
        found = bz2.BZ2File(file)
    elif begin.startswith(_XZ):
        lzma.LZMADecompressor(memlimit=MAX_MEMORY).decompress(begin, max_length=1)
        found = lzma.LZMAFile(file)  # noqa: SIM115 - the caller's to close
    return cast(IO[bytes], found)
