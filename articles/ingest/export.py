"""Drops back to files, byte for byte."""

from __future__ import annotations

import errno
import struct
import zlib
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from articles.drops.published import CannotSay, with_published
from articles.ingest.storing.drop_store import raw_bytes
from articles.models import Article, Drop

from .obstacles import DISK_FULL
from .whole_file import try_writing, write_whole

# What is wrong with the disk and not with one name: the rest would fail as well.
_FATAL = DISK_FULL | {errno.EROFS, errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENXIO}


class UnsafeName(Exception):
    """A stored file name would leave the folder it is written to."""


def export(
    folder: Path,
    *,
    apply_decisions: bool = False,
    leave_out: Callable[[str, str], None] = lambda file_name, reason: None,
) -> int:
    """Write every drop's current version below a folder; return how many.

    With `apply_decisions` the value of the top-level `published` is what readers
    get wherever an editor decided otherwise than the drop. A file is complete or
    not there. `leave_out` is told of each that cannot be written, by file name and
    reason. Raises OSError where nothing can be, of a full disk say.
    """
    folder.mkdir(parents=True, exist_ok=True)
    try_writing(folder)
    written = 0
    drops = Drop.objects.exclude(current=None).select_related("current")
    for drop in drops.order_by("pk").iterator(chunk_size=200):
        try:
            _export(drop, folder, apply_decisions=apply_decisions)
            written += 1
        except (UnsafeName, CannotSay, ValueError) as problem:
            leave_out(drop.file_name, str(problem))
        except (zlib.error, struct.error, KeyError):
            leave_out(drop.file_name, "what is kept of it is damaged")
        except OSError as error:
            if error.errno in _FATAL:
                raise
            leave_out(drop.file_name, error.strerror or str(error))
    return written


def _export(drop: Drop, folder: Path, *, apply_decisions: bool) -> None:
    assert drop.current is not None
    path = _path_of(drop.file_name, folder)
    raw = raw_bytes(drop.current)
    if apply_decisions:
        raw = _decided(drop.source_name, raw)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, raw)


def _path_of(file_name: str, folder: Path) -> Path:
    name = PurePosixPath(file_name)
    if name.is_absolute() or ".." in name.parts or not name.name:
        raise UnsafeName(f"its name does not stay below {folder}")
    return folder / name


def _decided(source_name: str, raw: bytes) -> bytes:
    article = Article.objects.filter(source_name=source_name).first()
    if article is None or article.decided in (None, article.drop_published):
        return raw
    try:
        return with_published(raw, published=article.decided)
    except CannotSay:
        raise CannotSay("its `published` cannot be changed alone") from None
