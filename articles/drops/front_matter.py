"""From the bytes of a drop to the text between its fences."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .drop import Problem
from .limits import MAX_BYTES
from .notes import place

_OPENING = re.compile(r"\A---[ \t]*(?=[\r\n]|\Z)")
_CLOSING = re.compile(r"(?:\r\n?|\n)---[ \t]*(?=[\r\n]|\Z)")
_BREAK = re.compile(r"\r\n?|\n")
# YAML's own list, and U+FEFF where one of the two parsers would pass over it.
_NO_YAML = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]"
    "|(?:\\A|(?<=[\r\n\x85\u2028\u2029]))\ufeff"
)


class NoFrontMatter(Exception):
    """The bytes hold no front matter to parse; `problem` says why."""

    def __init__(self, message: str, line: int | None, column: int | None) -> None:
        super().__init__(message)
        self.problem = Problem(line, column, "", "error", message)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The YAML of a drop, with its place in the decoded file."""

    text: str
    begin: int
    """Characters of the file before `text`, a byte order mark left out."""
    first_line: int
    """The line of the file on which `text` begins: 2, as the fence is line 1."""
    text_below: int | None
    """The line on which more than blanks follow the closing fence."""


def front_matter(raw: bytes) -> FrontMatter:
    """Cut the front matter out of a drop, or raise NoFrontMatter."""
    if not raw:
        raise NoFrontMatter("the file is empty: there is no front matter", None, None)
    if len(raw) > MAX_BYTES:
        size = f"{len(raw):,} bytes, more than the {MAX_BYTES:,} a drop may have"
        raise NoFrontMatter(f"the file is too large: {size}", None, None)
    text = _decoded(raw).removeprefix("\ufeff")
    opening = _OPENING.match(text)
    if opening is None:
        message = "there is no front matter: the first line must be --- and no more"
        raise NoFrontMatter(message, 1, 1)
    closing = _CLOSING.search(text, opening.end())
    if closing is None:
        message = (
            "the front matter is never closed: a line --- must follow it"
            " (is the file cut off?)"
        )
        raise NoFrontMatter(message, 1, 1)
    return _between(text, opening.end(), closing)


def check_characters(text: str, first_line: int) -> None:
    """Raise NoFrontMatter at the first character that YAML does not allow."""
    if found := _NO_YAML.search(text):
        line, column = place(text, found.start())
        message = (
            f"the control character U+{ord(found[0]):04X} is not allowed here:"
            " take it out"
        )
        raise NoFrontMatter(message, first_line + line - 1, column)


def text_below(line: int) -> Problem:
    """Return the warning that text stands below the front matter."""
    message = "the text below the front matter is kept in the file and not used"
    return Problem(line, 1, "", "warning", message)


def _between(text: str, begin: int, closing: re.Match[str]) -> FrontMatter:
    line_end = _BREAK.match(text, begin)
    begin = line_end.end() if line_end else begin
    end_of_fence_line = _BREAK.match(text, closing.start())
    end = end_of_fence_line.end() if end_of_fence_line else closing.start()
    front = text[begin:end]
    check_characters(front, 2)
    below = text[closing.end() :]
    line = None
    if stripped := below.lstrip():
        line = place(text, len(text) - len(stripped))[0]
    return FrontMatter(front, begin, 2, line)


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as problem:
        if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
            message = "the file is UTF-16: save it as UTF-8"
            raise NoFrontMatter(message, None, None) from None
        before = raw[: problem.start].decode("utf-8")
        line, column = place(before, len(before))
        byte = f"byte 0x{raw[problem.start]:02X}"
        message = f"{byte} is not valid UTF-8: save the file as UTF-8"
        raise NoFrontMatter(message, line, column) from None
