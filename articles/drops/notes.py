"""Collecting what is wrong with a drop, and saying where in the file it stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace

from .drop import Problem, Severity
from .limits import MAX_PROBLEMS

_BREAK = re.compile(r"\r\n?|\n")
_HARMLESS = re.compile(r"[\w .:+/-]{1,40}")


@dataclass(frozen=True, slots=True)
class Note:
    """A problem whose place is still an index into the text that was parsed."""

    at: int | None
    field: str
    severity: Severity
    message: str


class Notes:
    """Takes notes on one value; fields are named from where it stands in the drop."""

    def __init__(self, path: str = "", found: list[Note] | None = None) -> None:
        self.path = path
        self.found: list[Note] = [] if found is None else found

    def within(self, name: str) -> Notes:
        """Return notes on a part of this value; they join the same list."""
        return Notes(joined(self.path, name), self.found)

    def error(self, at: int | None, field: str, message: str) -> None:
        """Note what makes the drop unusable."""
        self.add("error", at, field, message)

    def warn(self, at: int | None, field: str, message: str) -> None:
        """Note what is strange, and what is made of it."""
        self.add("warning", at, field, message)

    def add(self, severity: Severity, at: int | None, field: str, message: str) -> None:
        self.found.append(Note(at, joined(self.path, field), severity, message))

    @property
    def failed(self) -> bool:
        return any(note.severity == "error" for note in self.found)


def joined(path: str, name: str) -> str:
    """Join two parts of a field's path: `related[3]` and `webUrl`."""
    return f"{path}.{name}" if path and name and name[0] != "[" else path + name


def key_name(key: str) -> str:
    """Return a key as a field's name: short and plain, whatever the file says."""
    return key if _HARMLESS.fullmatch(key) else "(odd key)"


def echo(value: str) -> str:
    """Return a value for use in a message: as it is if short and plain, else hidden.

    Whatever could be cipher text, markup or an attack on a terminal is not repeated.
    """
    return f"“{value}”" if _HARMLESS.fullmatch(value) else "this value"


def place(text: str, at: int) -> tuple[int, int]:
    """Return line and column, both from 1, of an index into text."""
    line, begin = 1, 0
    for found in _BREAK.finditer(text, 0, at):
        line, begin = line + 1, found.end()
    return line, at - begin + 1


def located(notes: Iterable[Note], text: str, first_line: int) -> list[Problem]:
    """Turn notes on text into problems of the file it begins in at `first_line`."""
    begins: list[int] | None = None
    problems = []
    for note in notes:
        line = column = None
        if note.at is not None:
            if begins is None:  # once for all notes: a file may give thousands
                begins = [0, *(found.end() for found in _BREAK.finditer(text))]
            index = bisect_right(begins, note.at) - 1
            line, column = first_line + index, note.at - begins[index] + 1
        problem = Problem(line, column, note.field, note.severity, note.message)
        problems.append(problem)
    return problems


def reported(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort problems by place and cut their number, errors kept before warnings."""
    by_weight = sorted(problems, key=lambda p: (p.severity != "error", _order(p)))
    kept = sorted(by_weight[:MAX_PROBLEMS], key=_order)
    if left := len(by_weight) - len(kept):
        message = f"and {left} more problems of this file"
        kept.append(Problem(None, None, "", "warning", message))
    return tuple(kept)


def shifted(problem: Problem, lines: int, path: str) -> Problem:
    """Move a problem of an entry to where its block stands in the file."""
    line = None if problem.line is None else problem.line + lines
    return replace(problem, line=line, field=joined(path, problem.field))


def _order(problem: Problem) -> tuple[int, int]:
    return problem.line or 0, problem.column or 0
