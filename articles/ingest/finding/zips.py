"""The members of a zip."""

from __future__ import annotations

import bz2
import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable
from copy import copy
from pathlib import Path
from typing import IO, cast

from articles.drops.layout import MAX_BYTES

from .bounds import Bounds, Member, TooMuch, kept_name, refuse_large, refuse_number
from .metered import MAX_MEMORY, Metered
from .opening import opened

MAX_DIRECTORY = 64 * 1024 * 1024  # bytes of what a zip says of all its members


def zip_members(path: Path) -> tuple[list[Member], Callable[[int], bytes]]:
    """Its members in the order of their names, and how each is read by its place.

    Raises TooMuch, and of what is UNREADABLE whatever `zipfile` does.
    """
    bounds = Bounds(path)
    # Read from as long as its members are; closed with the last of them.
    stream = _Directory(opened(str(path)), MAX_DIRECTORY)
    archive = zipfile.ZipFile(cast(IO[bytes], stream))
    held = sorted(archive.infolist(), key=lambda info: info.filename)
    files = [info for info in held if not info.filename.endswith("/")]
    members = [_member(info) for info in files]
    for member in members:
        bounds.take(member)
    bounds.end_at(sum(member.size for member in members))

    def read(place: int) -> bytes:
        refuse_large(members[place])
        stream.room = 2 * MAX_BYTES
        info = files[place]
        return _checked(_unpacked(_packed(archive, info), info), info)

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


def _packed(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """A member as it lies there. What `zipfile` unpacks of it knows no bound."""
    stored = copy(info)
    stored.compress_type = zipfile.ZIP_STORED
    stored.file_size = info.compress_size
    del stored.CRC  # which is of what is unpacked
    with archive.open(stored) as member:
        return member.read()


def _unpacked(packed: bytes, info: zipfile.ZipInfo) -> bytes:
    """What a member holds, and at most one byte more than it says."""
    most = info.file_size + 1
    if info.compress_type == zipfile.ZIP_STORED:
        return packed
    if info.compress_type == zipfile.ZIP_DEFLATED:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, most)
    if info.compress_type == zipfile.ZIP_BZIP2:
        return bz2.BZ2Decompressor().decompress(packed, most)
    if info.compress_type == zipfile.ZIP_LZMA:
        return _of_lzma(packed).decompress(packed[9:], most)
    raise NotImplementedError("it is packed in a way that is not known here")


def _of_lzma(packed: bytes) -> lzma.LZMADecompressor:
    """What unpacks LZMA as zips have it: behind a version and five bytes of how."""
    how, memory = struct.unpack_from("<BL", packed, 4)
    if memory > MAX_MEMORY:
        raise TooMuch(f"it takes {memory:,} bytes of memory to be unpacked")
    literal, rest = how % 9, how // 9
    method = {
        "id": lzma.FILTER_LZMA1,
        "dict_size": max(memory, 4096),
        "lc": literal,
        "lp": rest % 5,
        "pb": rest // 5,
    }
    return lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[method])


def _checked(raw: bytes, info: zipfile.ZipInfo) -> bytes:
    if len(raw) != info.file_size or zlib.crc32(raw) != info.CRC:
        raise zipfile.BadZipFile("it is damaged, or not what it says")
    return raw
