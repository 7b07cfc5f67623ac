"""Drops in zip and tar archives, as if they were unpacked."""

from __future__ import annotations

import lzma
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path, PurePosixPath

from articles.drops.layout import MAX_BYTES

from .source import ENDINGS, PassedOver, Source, UnusableSource, source_called, unusable

MAX_MEMBERS = 200_000
# Text shrinks ten- to thirtyfold; a member that claims more is a bomb.
MAX_RATIO = 200
MAX_UNPACKED = 64 * 1024 * 1024  # bytes of a tar that are no bomb at any ratio
ARCHIVES = frozenset({".zip", ".tar", ".tgz", ".gz", ".bz2", ".xz", ".7z", ".rar"})
# What reading broken, encrypted or foreign archives raises.
UNREADABLE = (
    OSError,
    EOFError,
    RuntimeError,
    NotImplementedError,
    ValueError,
    zlib.error,
    lzma.LZMAError,
    tarfile.TarError,
    zipfile.BadZipFile,
)


def in_zip(path: Path) -> Iterator[Source]:
    """The drops in a zip, in the order of their names. Raises UnusableSource."""
    try:
        archive = zipfile.ZipFile(path)
        members = archive.infolist()
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        raise UnusableSource(f"{path}: not a readable zip ({error})") from error
    _bounded(path, len(members))
    for member in sorted(members, key=lambda held: held.filename):
        if member.is_dir():
            continue

        def read(member: zipfile.ZipInfo = member) -> bytes:
            _member_bounded(member.file_size, member.compress_size)
            with archive.open(member) as stream:
                return stream.read(MAX_BYTES + 1)

        # Unix keeps what kind of file it was in the upper half.
        kind = stat.S_IFMT(member.external_attr >> 16)
        yield from _member(path, member.filename, kind in (0, stat.S_IFREG), read)


def in_tar(path: Path) -> Iterator[Source]:
    """The drops in a tar, in its own order. Raises UnusableSource."""
    try:
        # Read from as long as its members are; closed with the last of them.
        archive = tarfile.open(path)  # noqa: SIM115
        members = _tar_members(path, archive)
    except UNREADABLE as error:
        raise UnusableSource(f"{path}: not a readable tar ({error})") from error
    for member in members:
        if member.isdir():
            continue

        def read(member: tarfile.TarInfo = member) -> bytes:
            _member_bounded(member.size, member.size)
            stream = archive.extractfile(member)
            return stream.read(MAX_BYTES + 1) if stream else b""

        yield from _member(path, member.name, member.isreg(), read)


def _tar_members(path: Path, archive: tarfile.TarFile) -> list[tarfile.TarInfo]:
    """The list of an archive's members, as long as it is no bomb."""
    packed = path.stat().st_size
    members = []
    while member := archive.next():
        members.append(member)
        _bounded(path, len(members))
        if archive.offset > max(MAX_UNPACKED, packed * MAX_RATIO):
            raise UnusableSource(
                f"{path}: unpacks to more than {MAX_RATIO} times its size: refused"
            )
    return members


def _member(
    path: Path, given: str, is_file: bool, read: Callable[[], bytes]
) -> Iterator[Source]:
    """The source that a member of an archive is, if it is any."""
    below = PurePosixPath(given.replace("\\", "/"))
    label = f"{path}:{given}"
    if below.suffix.lower() in ARCHIVES:
        remark = PassedOver("an archive within an archive: import it by itself")
        yield unusable(given, label, remark)
    elif not _is_drop(below):
        return
    elif below.is_absolute() or ".." in below.parts or ":" in below.parts[0]:
        yield unusable(given, label, UnusableSource("its path leaves the archive"))
    elif not is_file:
        yield unusable(given, label, UnusableSource("a link or device, not a file"))
    else:
        yield source_called(below.as_posix(), label, partial(_guarded, read))


def _guarded(read: Callable[[], bytes]) -> bytes:
    """Read a member; whatever is wrong with it concerns it alone."""
    try:
        return read()
    except UNREADABLE as error:
        raise UnusableSource(f"cannot be unpacked: {error}") from error


def _bounded(path: Path, members: int) -> None:
    if members > MAX_MEMBERS:
        raise UnusableSource(f"{path}: {members:,} members; at most {MAX_MEMBERS:,}")


def _member_bounded(size: int, packed: int) -> None:
    if size > MAX_BYTES:
        raise UnusableSource(f"{size:,} bytes; a drop has at most {MAX_BYTES:,}")
    if packed and size / packed > MAX_RATIO:
        raise UnusableSource(f"unpacks to {size // packed} times its size: refused")


def _is_drop(path: PurePosixPath) -> bool:
    """Whether a name found in an archive is a drop's."""
    hidden = any(part.startswith(".") for part in path.parts if part not in (".", ".."))
    return path.suffix.lower() in ENDINGS and not hidden
