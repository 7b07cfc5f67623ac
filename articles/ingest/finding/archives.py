"""Drops in zip and tar archives, as if they were unpacked."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath

from .bounds import UNREADABLE, Member, TooMuch
from .opening import opened
from .source import (
    ENDINGS,
    MAX_NAME,
    MAX_PART,
    PassedOver,
    Source,
    UnusableSource,
    source_called,
    told_if_empty,
    too_long,
    unusable,
)
from .tars import tar_members
from .zips import zip_members

ARCHIVES = frozenset({".zip", ".tar", ".tgz", ".gz", ".bz2", ".xz", ".7z", ".rar"})
_PACKED = ("", ".gz", ".bz2", ".xz", ".zst", ".lzma")
TARS = (*(f".tar{end}" for end in _PACKED), ".tgz", ".tbz", ".tbz2", ".txz", ".tlz")


def is_packed(name: str) -> bool:
    """Whether a file is an archive by its name."""
    return name.lower().endswith((*TARS, ".zip"))


def is_archive(path: Path) -> bool:
    """Whether a file is to be imported as an archive: zips by content, tars by name."""
    if path.name.lower().endswith(TARS):
        return True
    try:
        with opened(str(path)) as file:
            return zipfile.is_zipfile(file)
    except (OSError, UnusableSource):
        return False


def in_archive(path: Path) -> Iterator[Source]:
    """The drops in an archive. Raises UnusableSource."""
    tar = path.name.lower().endswith(TARS)
    try:
        members, read = tar_members(path) if tar else zip_members(path)
    except TooMuch as error:
        raise UnusableSource(f"{path}: {error}") from None
    except UNREADABLE as error:
        kind = "tar" if tar else "zip"
        raise UnusableSource(f"{path}: not a readable {kind} ({error})") from error
    return told_if_empty(_sources(path, members, read), str(path))


def _sources(
    path: Path, members: Sequence[Member], read: Callable[[int], bytes]
) -> Iterator[Source]:
    place = os.path.realpath(path)
    for number, member in enumerate(members):
        source = _source(path, member, partial(_guarded, read, number))
        if source is not None:
            yield replace(source, place=place, archive=str(path), member=number + 1)


def _source(path: Path, member: Member, read: Callable[[], bytes]) -> Source | None:
    """The source that a member of an archive is, if it is any."""
    given = member.name
    below = PurePosixPath(given.replace("\\", "/"))
    label = f"{path}:{given[-MAX_NAME:]}"
    if below.suffix.lower() in ARCHIVES:
        remark = PassedOver("an archive within an archive: import it by itself")
        return unusable(given[-MAX_NAME:], label, remark)
    if not _is_drop(below):
        return None
    problem = ""
    if below.is_absolute() or ".." in below.parts or ":" in below.parts[0]:
        problem = "its path leaves the archive"
    elif not member.is_file:
        problem = "a link or device, not a file"
    elif too_long(below.as_posix()):
        problem = f"a part of its path is longer than {MAX_PART} bytes"
    if problem:
        return unusable(given[-MAX_NAME:], label, UnusableSource(problem))
    return source_called(below.as_posix(), label, read)


def _guarded(read: Callable[[int], bytes], number: int) -> bytes:
    """Read a member; whatever is wrong with it concerns it alone."""
    try:
        return read(number)
    except TooMuch as error:
        raise UnusableSource(f"holds more than it says: {error}") from None
    except UNREADABLE as error:
        raise UnusableSource(f"cannot be unpacked: {error}") from error


def _is_drop(path: PurePosixPath) -> bool:
    """Whether a name found in an archive is a drop's."""
    hidden = any(part.startswith(".") for part in path.parts if part not in (".", ".."))
    return path.suffix.lower() in ENDINGS and not hidden
