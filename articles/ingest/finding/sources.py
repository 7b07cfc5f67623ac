"""Where drops come from: files, folders, archives and standard input, as one list."""

from __future__ import annotations

import os
import stat
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from articles.drops.layout import MAX_BYTES

from .archives import in_tar, in_zip
from .source import (
    ENDINGS,
    PassedOver,
    Source,
    UnusableSource,
    source_called,
    source_name_of,
    unusable,
)


def find_sources(path: Path, *, root: Path | None = None) -> Iterator[Source]:
    """The drops at a path: a file, a folder with all below it, or an archive.

    Names are relative to `root`, else to the folder itself or the file's own;
    an archive is like its unpacked root. Raises UnusableSource.
    """
    try:
        os.stat(path)
    except OSError as error:
        reason = error.strerror or "cannot be read"
        if isinstance(error, FileNotFoundError):
            reason = "there is no such file or folder"
        raise UnusableSource(f"{path}: {reason}") from None
    endings = "".join(path.suffixes[-2:]).lower()
    if path.is_dir():
        yield from _in_folder(path, root or path)
    elif zipfile.is_zipfile(path):
        yield from in_zip(path)
    elif ".tar" in endings or path.suffix.lower() in (".tgz", ".tbz2", ".txz"):
        yield from in_tar(path)
    else:
        yield _file(path, root or path.parent)


def from_bytes(raw: bytes, *, name: str) -> Source:
    """A drop that came through standard input under a given name."""
    return Source(source_name_of(name), name, name, lambda: raw)


def _in_folder(folder: Path, root: Path) -> Iterator[Source]:
    """The drops below a folder, in the order of their names.

    Plain strings and not Path objects: with many files those would cost more than
    reading them.
    """
    try:
        prefix = folder.relative_to(root).as_posix()
    except ValueError:
        raise UnusableSource(f"{folder}: lies outside the root {root}") from None
    prefix = "" if prefix == "." else f"{prefix}/"
    for path, below, remark in _walk(str(folder), "", set()):
        name = prefix + below
        if remark:
            yield unusable(name, path, PassedOver(remark))
        else:
            yield source_called(name, path, partial(_read, path))


def _walk(
    folder: str, below: str, seen: set[tuple[int, int]]
) -> Iterator[tuple[str, str, str]]:
    """Paths of drops, the same below the top, and a remark; each folder once.

    Links are followed, but a loop of them leads nowhere twice. A folder that
    cannot be read is yielded itself, for its reading to be reported.
    """
    try:
        held = os.stat(folder)
        if (held.st_dev, held.st_ino) in seen:
            yield folder, below.rstrip("/"), "this folder was visited before: a link?"
            return
        seen.add((held.st_dev, held.st_ino))
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError:
        yield folder, below.rstrip("/"), ""
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if _is_folder(entry):
            yield from _walk(entry.path, f"{below}{entry.name}/", seen)
        elif os.path.splitext(entry.name)[1].lower() in ENDINGS:
            yield entry.path, below + entry.name, ""


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _file(path: Path, root: Path) -> Source:
    try:
        name = path.relative_to(root).as_posix()
    except ValueError:
        raise UnusableSource(f"{path}: lies outside the root {root}") from None
    return source_called(name, str(path), partial(_read, str(path)))


def _read(path: str) -> bytes:
    held = os.stat(path)
    if not stat.S_ISREG(held.st_mode):
        raise UnusableSource("not a regular file")
    if held.st_size > MAX_BYTES:
        raise UnusableSource(
            f"{held.st_size:,} bytes; a drop has at most {MAX_BYTES:,}"
        )
    # No more memory is asked for than the file takes, and no file that claims to be
    # smaller than it is, as the kernel's own do, is read without end.
    with open(path, "rb") as file:
        return file.read(held.st_size + 1)
