"""The file that a report goes to: looked at before anything is imported."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from pathlib import Path

from .finding.source import ENDINGS, Source
from .obstacles import file_trouble
from .whole_file import try_writing, write_whole


class NoPlace(Exception):
    """No report can be written there; the message says why, in words."""


class ReportFile:
    """The file for reports. Whatever is no report is never written over.

    Raises NoPlace, with nothing written, where it will not do.
    """

    def __init__(
        self, path: Path, *, tops: Sequence[Path], sources: Sequence[Source] = ()
    ) -> None:
        self._path = Path(os.path.realpath(path))
        if reason := self._reason(tops, sources):
            raise NoPlace(f"--report: {path}: {reason}")

    def write(self, text: str) -> None:
        """Put a report in place of the last one. Raises OSError."""
        write_whole(self._path, text.encode())

    def _reason(self, tops: Sequence[Path], sources: Sequence[Source]) -> str:
        path = self._path
        if str(path) in {source.place for source in sources}:
            return "this file is to be imported"
        if path.suffix.lower() in ENDINGS and _is_below(path, tops):
            return "it would be imported as a drop: give it the ending .json"
        try:
            found = _what_is_there(path)
            if not found:
                try_writing(path.parent)
        except (OSError, ValueError) as error:
            if not isinstance(error, OSError):
                return str(error)
            return f"cannot be written ({file_trouble(error)})"
        return found


def _what_is_there(path: Path) -> str:
    """Why a file must not be written over; "" if it may, or if there is none."""
    if not path.parent.is_dir():
        return f"there is no folder {path.parent}"
    try:
        held = os.stat(path)
    except FileNotFoundError:
        return ""
    if not stat.S_ISREG(held.st_mode):
        return "no file can be written there: something else has this name"
    if not os.access(path, os.W_OK):
        return "cannot be written: it is read-only"
    with path.open("rb") as file:
        begin = file.read(64)
    is_report = begin.lstrip().startswith(b"{") and b'"files"' in begin
    if begin and not is_report:
        return "there is a file already, which is no report: give another name"
    return ""


def _is_below(path: Path, tops: Sequence[Path]) -> bool:
    tops = [Path(os.path.realpath(top)) for top in tops]
    return any(top in path.parents for top in tops)
