"""What an archive may come to, and what is kept of one that stays below it."""

from __future__ import annotations

import struct
import tarfile
import zipfile
import zlib
from lzma import LZMAError
from pathlib import Path
from typing import NamedTuple

from articles.drops.layout import MAX_BYTES

from .source import MAX_NAME, UnusableSource

MAX_MEMBERS = 200_000
MAX_NAMES = 32 * 1024 * 1024  # characters of all their names together
# Text shrinks ten- to sixtyfold; what claims more is a bomb.
MAX_RATIO = 200
MAX_UNPACKED = 64 * 1024 * 1024  # bytes of an archive that are no bomb at any ratio
# What reading broken, encrypted or foreign archives raises.
UNREADABLE = (
    OSError,
    EOFError,
    RuntimeError,
    LookupError,
    NotImplementedError,
    ValueError,
    OverflowError,
    MemoryError,
    struct.error,
    zlib.error,
    LZMAError,
    tarfile.TarError,
    zipfile.BadZipFile,
)


class TooMuch(UnusableSource):
    """An archive, or a part of it, claims or holds more than any drops do."""


class Member(NamedTuple):
    """What is kept of a member: archives may have very many."""

    name: str  # its end, where it is longer than a drop's may be
    is_file: bool
    size: int  # as it is said to be, unpacked
    packed: int
    at: int = 0  # where it begins in a tar


def kept_name(name: str) -> str:
    """A name, or so much of its end that it is seen to be too long."""
    return name[-MAX_NAME - 1 :]


class Bounds:
    """What an archive may come to. Raises TooMuch for what is a bomb."""

    def __init__(self, path: Path) -> None:
        self._most = max(MAX_UNPACKED, path.stat().st_size * MAX_RATIO)
        self._members = 0
        self._names = 0

    def take(self, member: Member) -> None:
        """Count one more member."""
        self._members += 1
        self._names += len(member.name)
        refuse_number(self._members)
        if self._names > MAX_NAMES:
            raise TooMuch(f"the names in it have more than {MAX_NAMES:,} characters")

    def end_at(self, size: int) -> None:
        """Note how far it reaches when it is unpacked."""
        if size > self._most:
            raise TooMuch(f"unpacks to more than {MAX_RATIO} times its size: refused")


def refuse_number(members: int) -> None:
    if members > MAX_MEMBERS:
        raise TooMuch(f"{members:,} members; at most {MAX_MEMBERS:,}")


def refuse_large(member: Member) -> None:
    if not 0 <= member.size <= MAX_BYTES:
        raise UnusableSource(f"{member.size:,} bytes; a drop has at most {MAX_BYTES:,}")
    if member.packed and member.size / member.packed > MAX_RATIO:
        times = member.size // member.packed
        raise UnusableSource(f"unpacks to {times} times its size: refused")
