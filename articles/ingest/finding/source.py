"""One file to import: its names, and how its bytes are got."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

ENDINGS = frozenset({".txt", ".md", ".yaml", ".yml"})
MAX_NAME = 990  # characters
MAX_PART = 255  # bytes of a name between two slashes: no file system takes more

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")

_SURROGATE = re.compile("[\ud800-\udfff]")


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
    place: str = ""  # the same for one file, however the path to it is spelled
    archive: str = ""  # the path of the archive it is a member of
    member: int = 0  # which one of the archive's, from 1
    usable: bool = True  # false: `read` can only say why there is nothing to read


class UnusableSource(Exception):
    """A path that cannot be imported from; the message says why, in words."""


class PassedOver(UnusableSource):
    """What lies there is no drop, and worth no more than a remark."""


def source_called(
    name: str, label: str, read: Callable[[], bytes], *, place: str = ""
) -> Source:
    """A source whose name can be stored, else one that says why it cannot."""
    try:
        name.encode()
    except UnicodeEncodeError:
        printable = name.encode(errors="backslashreplace").decode()
        problem = UnusableSource("its name is not UTF-8: rename it")
        return unusable(printable, label, problem, place=place)
    reason = ""
    if len(name) > MAX_NAME:
        reason = f"its path is longer than {MAX_NAME} characters"
    elif "\0" in name:
        reason = "its name holds a NUL, which no file's can"
    if reason:
        problem = UnusableSource(reason)
        return unusable(name[-MAX_NAME:], label, problem, place=place)
    return Source(source_name_of(name), name, label, read, place)


def unusable(
    name: str, label: str, problem: UnusableSource, *, place: str = ""
) -> Source:
    """A source of which nothing can be read but why."""

    def read() -> bytes:
        raise problem

    return Source(name, name, label, read, place or label, usable=False)


def told_if_empty(found: Iterator[Source], path: str) -> Iterator[Source]:
    """The sources of a folder or an archive; a remark where there are none."""
    nothing = True
    for source in found:
        nothing = False
        yield source
    if nothing:
        endings = " ".join(f"*{ending}" for ending in sorted(ENDINGS))
        yield unusable(
            ".", path, PassedOver(f"is empty: no drop lies in it ({endings})")
        )


def source_name_of(file_name: str) -> str:
    """The path of a drop without its extension: which article it updates."""
    stem, ending = os.path.splitext(file_name)
    return stem if ending.lower() in ENDINGS else file_name


def too_long(name: str) -> bool:
    """Whether no file system has room for a part of this path."""
    return any(
        len(part.encode(errors="replace")) > MAX_PART for part in name.split("/")
    )


def unfit(name: str) -> str:
    """Why a name that was made up cannot be one of a drop; "" if it can.

    Files bear theirs already; of what comes without, it is where it is written to.
    """
    parts = name.split("/")
    if not name.strip():
        return "is empty"
    if name.startswith("/"):
        return "is absolute: give a path below the folder of drops"
    if ".." in parts:
        return "leads out of the folder of drops: it holds .."
    if "." in parts or "" in parts:
        return "has a part that names nothing: . or two slashes"
    if "\\" in name:
        return "holds a backslash: put / between folders"
    if _SURROGATE.search(name):
        return "is not UTF-8"
    if _CONTROL.search(name):
        return "holds a control character or a line end"
    if len(name) > MAX_NAME:
        return f"is longer than {MAX_NAME} characters"
    if too_long(name):
        return f"has a part of more than {MAX_PART} bytes, which no file can be called"
    return ""
