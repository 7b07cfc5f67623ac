"""The members of a zip."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, cast

from articles.drops.layout import MAX_BYTES

from .bounds import Bounds, Member, kept_name, refuse_large, refuse_number
from .metered import Metered
from .opening import opened

MAX_DIRECTORY = 64 * 1024 * 1024  # bytes of what a zip says of all its members
PORTION = 4096  # bytes unpacked at once: some ways of packing know no measure


def zip_members(path: Path) -> tuple[list[Member], Callable[[int], bytes]]:
    """Its members in the order of their names, and how each is read by its place.

    Raises TooMuch, and of what is UNREADABLE whatever `zipfile` does.
    """
    bounds = Bounds(path)
    # Read from as long as its members are; closed with the last of them.
    stream = _Directory(opened(str(path)), MAX_DIRECTORY)
    archive = zipfile.ZipFile(cast(IO[bytes], stream))
    held = sorted(archive.infolist(), key=lambda info: info.filename)
    files = [info for info in held if not info.is_dir()]
    members = [_member(info) for info in files]
    for member in members:
        bounds.take(member)
    bounds.end_at(sum(member.size for member in members))

    def read(place: int) -> bytes:
        refuse_large(members[place])
        stream.room = 2 * MAX_BYTES
        with archive.open(files[place]) as unpacking:
            return _read_on(unpacking)

    return members, read


class _Directory(Metered):
    """A zip of which the number of members is known before they are listed."""

    def read(self, size: int | None = -1) -> bytes:
        data = super().read(size)
        refuse_number(data.count(b"PK\x01\x02"))
        return data


def _member(info: zipfile.ZipInfo) -> Member:
    # Unix keeps what kind of file it was in the upper half.
    kind = stat.S_IFMT(info.external_attr >> 16)
    is_file = kind in (0, stat.S_IFREG)
    return Member(kept_name(info.filename), is_file, info.file_size, info.compress_size)


def _read_on(unpacking: IO[bytes]) -> bytes:
    """What a member holds, and no more than is too much."""
    parts, size = [], 0
    while size <= MAX_BYTES and (part := unpacking.read(PORTION)):
        parts.append(part)
        size += len(part)
    return b"".join(parts)
