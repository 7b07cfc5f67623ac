"""The members of a tar, compressed or not."""

from __future__ import annotations

import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, cast

from .bounds import Bounds, Member, TooMuch, kept_name, refuse_large
from .metered import Metered, unpacked
from .opening import opened
from .source import UnusableSource

MAX_HEADER = 16 * 1024  # bytes of what a tar says of one member


def tar_members(path: Path) -> tuple[list[Member], Callable[[int], bytes]]:
    """Its members in its own order, and how each is read by its place.

    Raises TooMuch, and of what is UNREADABLE whatever `tarfile` does.
    """
    # Read from as long as its members are; closed with the last of them.
    stream = Metered(unpacked(opened(str(path))), MAX_HEADER)
    members = _members(stream, Bounds(path))

    def read(place: int) -> bytes:
        member = members[place]
        refuse_large(member)
        stream.room = member.size
        stream.seek(member.at)
        raw = stream.read(member.size)
        if len(raw) < member.size:
            raise UnusableSource("cut off: the archive ends before it does")
        return raw

    return members, read


def _members(stream: Metered, bounds: Bounds) -> list[Member]:
    """The list of an archive's members, as long as it is no bomb."""
    archive: Any = tarfile.TarFile(fileobj=cast(IO[bytes], stream))
    members, end = [], 0
    while info := archive.next():
        if archive.offset <= end:
            raise TooMuch("not a readable tar (it leads in circles)")
        end = archive.offset
        bounds.end_at(end)
        member = _member(info)
        bounds.take(member)
        if not info.isdir():
            members.append(member)
        # What it remembers of members, and of headers for all of them, may be large.
        archive.members.clear()
        archive.pax_headers.clear()
        stream.room = MAX_HEADER
    return members


def _member(info: tarfile.TarInfo) -> Member:
    is_file = info.isreg() and not info.issparse()
    name = kept_name(info.name)
    return Member(name, is_file, info.size, info.size, info.offset_data)
