"""Opening what lies at a path: files only, and without waiting for anybody."""

from __future__ import annotations

import os
import stat
from typing import BinaryIO

from articles.drops.layout import MAX_BYTES

from .source import UnusableSource

_KINDS = {
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFDIR: "a folder",
}


def opened(path: str) -> BinaryIO:
    """Open a regular file, links followed. Raises OSError and UnusableSource.

    What is none is not opened at all, since that may set a device going. Where one
    takes the file's place just then, nobody is waited for.
    """
    refuse_odd(os.stat(path).st_mode)
    number = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    try:
        refuse_odd(os.fstat(number).st_mode)
        return os.fdopen(number, "rb")
    except BaseException:
        os.close(number)
        raise


def read_file(path: str) -> bytes:
    """The bytes of a file that is no larger than a drop may be.

    Raises OSError and UnusableSource.
    """
    with opened(path) as file:
        size = os.fstat(file.fileno()).st_size
        if size > MAX_BYTES:
            raise UnusableSource(f"{size:,} bytes; a drop has at most {MAX_BYTES:,}")
        # No more memory is asked for than the file takes, and no file that claims to
        # be smaller than it is, as the kernel's own do, is read without end.
        return file.read(size + 1)


def refuse_odd(mode: int) -> None:
    """Raise UnusableSource for what is no regular file."""
    if not stat.S_ISREG(mode):
        kind = _KINDS.get(stat.S_IFMT(mode), "something else")
        raise UnusableSource(f"{kind}, not a regular file")
