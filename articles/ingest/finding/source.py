"""One file to import: its names, and how its bytes are got."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

ENDINGS = frozenset({".txt", ".md", ".yaml", ".yml"})
MAX_NAME = 990  # characters


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


def source_called(name: str, label: str, read: Callable[[], bytes]) -> Source:
    """A source whose name can be stored, else one that says why it cannot."""
    try:
        name.encode()
    except UnicodeEncodeError:
        printable = name.encode(errors="backslashreplace").decode()
        problem = UnusableSource("its name is not UTF-8: rename it")
        return unusable(printable, label, problem)
    if len(name) > MAX_NAME:
        problem = UnusableSource(f"its path is longer than {MAX_NAME} characters")
        return unusable(name[-MAX_NAME:], label, problem)
    return Source(source_name_of(name), name, label, read)


def unusable(name: str, label: str, problem: UnusableSource) -> Source:
    """A source of which nothing can be read but why."""

    def read() -> bytes:
        raise problem

    return Source(name, name, label, read)


def source_name_of(file_name: str) -> str:
    """The path of a drop without its extension: which article it updates."""
    stem, ending = os.path.splitext(file_name)
    return stem if ending.lower() in ENDINGS else file_name
