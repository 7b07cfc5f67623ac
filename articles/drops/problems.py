"""What is wrong with a drop: noted, placed in its file, and put in words for people."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

import yaml

MAX_PROBLEMS = 20  # reported of one drop
SECRET = "secured"  # the key of a value that no message may repeat

Severity = Literal["error", "warning"]

_BREAK = re.compile(r"\r\n?|\n")
_HARMLESS = re.compile(r"[\w .:+/-]{1,40}")
# What PyYAML or libyaml says, and what the cause usually is.
_HINTS = (
    ("mapping values are not allowed", "put text that holds a colon in double quotes"),
    ("cannot start any token", "a tab, @ or ` stands here: indent with blanks, quote"),
    ("unexpected end of stream", "a quote or a bracket is not closed"),
    ("unexpected document indicator", "a quote is not closed"),
    ("unknown escape", "a \\ in double quotes: write it twice or use single quotes"),
    ("hexadecimal", "a \\ in double quotes: write it twice or use single quotes"),
    ("invalid Unicode", "this escape names no character"),
    ("expected ':'", "this line has no colon: is a quote or an indent wrong?"),
    ("expected key", "check quotes and indentation of this line and the one before"),
    ("block end", "check quotes and indentation of this line and the one before"),
    ("',' or", "a comma or a closing bracket is missing"),
    ("-' indicator", "check the indentation of this list"),
    ("alphabetic or numeric", "put text that begins with & or * in quotes"),
    ("tag", "a tag (!) is not allowed: put the text in quotes"),
    ("directive", "put text that begins with % in quotes"),
)
_TOP_LEVEL_KEY = re.compile(
    r"^[\"']?([A-Za-z_]\w{0,39})[\"']?[ ]*:(?=\s)", re.MULTILINE
)
# The Python scanner names characters and tokens it met; longer words may be content.
_CONTENT = re.compile(r"['\"][^'\"]{4,}['\"]")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a file, where (from 1; None: the file as a whole), and why."""

    line: int | None
    column: int | None
    field: str
    severity: Severity
    message: str


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


def text_below(line: int | None, cut_out: int = 0) -> list[Problem]:
    """Return the warning of text below the front matter, lines cut out counted in."""
    if line is None:
        return []
    message = "the text below the front matter is kept in the file and not used"
    return [Problem(line + cut_out, 1, "", "warning", message)]


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


def broken_yaml(problem: Exception, text: str) -> Note:
    """Return a note on what PyYAML raised: place, field, reason and hint.

    It repeats no word of the file's text.
    """
    if not isinstance(problem, yaml.MarkedYAMLError):
        return Note(None, "", "error", "broken YAML: an escape names no character")
    reason = _CONTENT.sub("...", problem.problem or "it cannot be read")
    mark = problem.problem_mark or problem.context_mark
    at = None if mark is None else min(mark.index, len(text))
    context = problem.context_mark
    hint = next((hint for words, hint in _HINTS if words in reason), "")
    begun = ""
    if context is not None and "quoted" in (problem.context or ""):
        # The place is where reading ended; the quote that began it is what to look at.
        begun = f" (the quote opens on line {place(text, context.index)[0] + 1})"
        at_field = context.index
    else:
        at_field = at or 0
    message = f"broken YAML: {reason}{begun}" + (f": {hint}" if hint else "")
    return Note(at, _top_level_key(text, at_field), "error", message)


def _top_level_key(text: str, at: int) -> str:
    found = ""
    for key in _TOP_LEVEL_KEY.finditer(text, 0, at + 1):
        found = key[1]
    return found
