"""Where drops come from: files, folders, archives and standard input, as one list."""

from __future__ import annotations

import lzma
import os
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

from articles.drops.layout import MAX_BYTES

ENDINGS = frozenset({".txt", ".md", ".yaml", ".yml"})
MAX_MEMBERS = 200_000
# Text shrinks ten- to thirtyfold; a member that claims more is a bomb.
MAX_RATIO = 200
MAX_UNPACKED = 64 * 1024 * 1024  # bytes of a tar that are no bomb at any ratio
MAX_NAME = 990  # characters
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


@dataclass(frozen=True, slots=True)
class Source:
    """One file to import. `label` names it in messages; `read` gives its bytes.

    `file_name` is its path below the root, `/`-separated; `source_name` the same
    without the extension. `read` raises OSError or UnusableSource.
    """

    source_name: str
    file_name: str
    label: str
    read: Callable[[], bytes]
    archive: str = ""  # the path of the archive it is a member of


class UnusableSource(Exception):
    """A path that cannot be imported from; the message says why, in words."""


class PassedOver(UnusableSource):
    """What lies there is no drop, and worth no more than a remark."""


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
        yield from _in_zip(path)
    elif ".tar" in endings or path.suffix.lower() in (".tgz", ".tbz2", ".txz"):
        yield from _in_tar(path)
    else:
        yield _file(path, root or path.parent)


def from_bytes(raw: bytes, *, name: str) -> Source:
    """A drop that came through standard input under a given name."""
    return Source(source_name_of(name), name, name, lambda: raw)


def source_name_of(file_name: str) -> str:
    """The path of a drop without its extension: which article it updates."""
    stem, ending = os.path.splitext(file_name)
    return stem if ending.lower() in ENDINGS else file_name


def is_drop(path: PurePosixPath) -> bool:
    """Whether a name found in an archive is a drop's."""
    hidden = any(part.startswith(".") for part in path.parts if part not in (".", ".."))
    return path.suffix.lower() in ENDINGS and not hidden


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
            yield _unusable(name, path, PassedOver(remark))
        else:
            yield _source(name, path, partial(_read, path))


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
    return _source(name, str(path), partial(_read, str(path)))


def _source(name: str, label: str, read: Callable[[], bytes]) -> Source:
    """A source whose name can be stored, else one that says why it cannot."""
    try:
        name.encode()
    except UnicodeEncodeError:
        printable = name.encode(errors="backslashreplace").decode()
        problem = UnusableSource("its name is not UTF-8: rename it")
        return _unusable(printable, label, problem)
    if len(name) > MAX_NAME:
        problem = UnusableSource(f"its path is longer than {MAX_NAME} characters")
        return _unusable(name[-MAX_NAME:], label, problem)
    return Source(source_name_of(name), name, label, read)


def _unusable(name: str, label: str, problem: UnusableSource) -> Source:
    def read() -> bytes:
        raise problem

    return Source(name, name, label, read)


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


def _in_zip(path: Path) -> Iterator[Source]:
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


def _in_tar(path: Path) -> Iterator[Source]:
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
        yield _unusable(given, label, remark)
    elif not is_drop(below):
        return
    elif below.is_absolute() or ".." in below.parts or ":" in below.parts[0]:
        yield _unusable(given, label, UnusableSource("its path leaves the archive"))
    elif not is_file:
        yield _unusable(given, label, UnusableSource("a link or device, not a file"))
    else:
        yield _source(below.as_posix(), label, partial(_guarded, read))


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
