"""Where drops come from: files, folders, archives and standard input, as one list."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

from articles.drops.layout import MAX_BYTES

from .archives import in_archive, is_archive, is_packed
from .opening import read_file, refuse_odd
from .source import (
    ENDINGS,
    PassedOver,
    Source,
    UnusableSource,
    source_called,
    source_name_of,
    told_if_empty,
    unfit,
    unusable,
)


class NothingThere(UnusableSource):
    """There is no such file or folder."""


def find_sources(path: Path, *, root: Path | None = None) -> Iterator[Source]:
    """The drops at a path: a file, a folder with all below it, or an archive.

    Names are relative to `root`, else to the folder itself or the file's own;
    an archive is like its unpacked root. Raises UnusableSource at once.
    """
    mode = _mode(path)
    if stat.S_ISDIR(mode):
        prefix = _below(path, root or path)
        return told_if_empty(_in_folder(path, prefix), str(path))
    try:
        refuse_odd(mode)
    except UnusableSource as error:
        raise UnusableSource(f"{path}: {error}") from None
    if is_archive(path):
        return in_archive(path)
    name = _below(path, root or path.parent)
    read = partial(read_file, str(path))
    return iter([source_called(name, str(path), read, place=os.path.realpath(path))])


def archives_below(folder: Path) -> Iterator[str]:
    """The archives in a folder, which only those who watch it import from."""
    for path, _, problem in _walk(str(folder), is_packed):
        if problem is None:
            yield path


def from_bytes(raw: bytes, *, name: str) -> Source:
    """A drop that came through standard input under a given name."""
    return Source(source_name_of(name), name, name, lambda: raw)


def from_stream(stream: BinaryIO, *, name: str) -> Source:
    """A drop that comes through a stream, read at once; no more than one may have.

    Raises UnusableSource where no drop can bear the name.
    """
    if reason := unfit(name):
        printable = name.encode(errors="backslashreplace").decode()
        raise UnusableSource(f"--name: {printable[:200]!r} {reason}")
    raw = stream.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        problem = UnusableSource(f"more than the {MAX_BYTES:,} bytes a drop may have")
        return unusable(name, name, problem)
    return from_bytes(raw, name=name)


def _mode(path: Path) -> int:
    try:
        return os.stat(path).st_mode
    except FileNotFoundError:
        raise NothingThere(f"{path}: there is no such file or folder") from None
    except OSError as error:
        raise UnusableSource(f"{path}: {error.strerror or error}") from None
    except ValueError:
        raise UnusableSource("a path cannot hold a NUL") from None


def _below(path: Path, root: Path) -> str:
    """A path as it is seen from the root, "" for the root itself."""
    try:
        below = path.absolute().relative_to(root.absolute()).as_posix()
    except ValueError:
        raise UnusableSource(f"{path}: lies outside the root {root}") from None
    return "" if below == "." else below


def _in_folder(folder: Path, prefix: str) -> Iterator[Source]:
    """The drops below a folder, in the order of their names.

    Plain strings and not Path objects: with many files those would cost more than
    reading them.
    """
    top = os.path.realpath(folder)
    prefix = prefix and f"{prefix}/"
    for path, below, problem in _walk(str(folder), _is_drop):
        name, place = prefix + below, f"{top}/{below}"
        if problem:
            yield unusable(name, path, problem, place=place)
        else:
            yield source_called(name, path, partial(read_file, path), place=place)


def _walk(
    top: str, wanted: Callable[[str], bool]
) -> Iterator[tuple[str, str, UnusableSource | None]]:
    """Paths of files with wanted names, the same below the top, each folder once.

    Links are followed, but a loop of them leads nowhere twice. Folders that are of
    no use are yielded themselves, with what is wrong with them.
    """
    seen: set[tuple[int, int]] = set()
    waiting = [(top, "", True)]  # the last one is next
    while waiting:
        path, below, is_folder = waiting.pop()
        if not is_folder:
            yield path, below, None
            continue
        try:
            held = os.stat(path)
            if (held.st_dev, held.st_ino) in seen:
                remark = PassedOver("this folder was visited before: a link?")
                yield path, below, remark
                continue
            seen.add((held.st_dev, held.st_ino))
            waiting += reversed(_entries(path, below and f"{below}/", wanted))
        except OSError as error:
            reason = error.strerror or error
            yield path, below, UnusableSource(f"cannot be read: {reason}")


def _entries(
    folder: str, below: str, wanted: Callable[[str], bool]
) -> list[tuple[str, str, bool]]:
    """Files and folders in a folder, by name: path, path below the top, is it one?"""
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    return [
        (entry.path, below + entry.name, is_folder)
        for entry in entries
        if not entry.name.startswith(".")
        and ((is_folder := _is_folder(entry)) or wanted(entry.name))
    ]


def _is_drop(name: str) -> bool:
    return os.path.splitext(name)[1].lower() in ENDINGS


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False
