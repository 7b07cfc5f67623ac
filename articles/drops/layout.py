"""How the file of a drop is laid out: its fences, and its list in the regular layout.

Real lists name each page some forty times, in the very same bytes. A file is therefore
cut where its related list repeats what other drops say: a piece is worth keeping, and
parsing once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .drop import MOST_RELATED
from .problems import Problem, place

MAX_BYTES = 2 * 1024 * 1024  # of a file; the largest real one has 143 KB

_OPENING = re.compile(r"\A---[ \t]*(?=[\r\n]|\Z)")
_CLOSING = re.compile(r"(?:\r\n?|\n)---[ \t]*(?=[\r\n]|\Z)")
_BREAK = re.compile(r"\r\n?|\n")
_BREAK_IN_BYTES = re.compile(rb"\r\n?|\n")
# YAML's own list, and U+FEFF where one of the two parsers would pass over it.
_NO_YAML = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]"
    "|(?:\\A|(?<=[\r\n\x85\u2028\u2029]))\ufeff"
)
# Any of these, wherever they stand: a class of characters is found much faster.
_SUSPECT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]"
)
_LIST = re.compile(rb"\nrelated:\r?\n(?=  - )")
# A list in the regular layout ends at the first line without its indentation.
_END = re.compile(rb"\n(?!  )")
_ENTRY = b"\n  - "
_MARK = b"\0"  # is put between entries: to cut them there is fastest


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


class Irregular(Exception):
    """The file, or an entry of its list, can only be read as a whole."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """A drop in the regular layout: its related entries, and the rest without them."""

    head: bytes
    """All before the first entry."""
    entries: list[bytes]
    front: FrontMatter
    """Of the file without the entries."""
    cut_at: int
    """Index into the front matter's text at which the entries were cut out."""


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


def split_pieces(raw: bytes) -> list[bytes]:
    """Cut a drop into its head, one piece for each related entry, and its tail.

    `b"".join(pieces) == raw`, always. The head ends with the line `related:`, and each
    entry is whole lines of which the first begins with `  - `. A file that is laid
    out otherwise, or has no list, is one piece; the tail may be empty.
    """
    begin = _LIST.search(raw)
    if begin is None:
        return [raw]
    end = _END.search(raw, begin.end())
    cut = len(raw) if end is None else end.end()
    entries = raw[begin.end() : cut]
    if _MARK in entries:
        return [raw]  # which YAML forbids
    marked = entries.replace(_ENTRY, _ENTRY[:1] + _MARK + _ENTRY[1:])
    return [raw[: begin.end()], *marked.split(_MARK), raw[cut:]]


def regular_pieces(raw: bytes, pieces: list[bytes] | None = None) -> Pieces:
    """Cut a drop in the regular layout, or raise Irregular.

    `pieces` are those of `split_pieces`, where they are known.
    """
    if len(raw) > MAX_BYTES:
        raise Irregular
    pieces = pieces or split_pieces(raw)
    entries = pieces[1:-1]
    # A byte order mark would move every index by one: rare, so read as a whole.
    if not raw.startswith(b"---") or not 0 < len(entries) <= MOST_RELATED:
        raise Irregular
    head, tail = pieces[0], pieces[-1]
    try:
        front = front_matter(head + tail)
    except NoFrontMatter:
        raise Irregular from None
    return Pieces(head, entries, front, len(head.decode("utf-8")) - front.begin)


def entry_text(piece: bytes) -> str:
    """Return the text of an entry's piece, or raise Irregular."""
    try:
        text = piece.decode("utf-8")
        _check_characters(text, 1)
    except (UnicodeDecodeError, NoFrontMatter):
        raise Irregular from None
    return text


def line_count(part: bytes) -> int:
    """Return how many lines end in a part of a file."""
    return len(_BREAK_IN_BYTES.findall(part))


def _check_characters(text: str, first_line: int) -> None:
    """Raise NoFrontMatter at the first character that YAML does not allow."""
    if _SUSPECT.search(text) and (found := _NO_YAML.search(text)):
        line, column = place(text, found.start())
        name = f"U+{ord(found[0]):04X}"
        message = f"the control character {name} is not allowed here: take it out"
        raise NoFrontMatter(message, first_line + line - 1, column)


def _between(text: str, begin: int, closing: re.Match[str]) -> FrontMatter:
    line_end = _BREAK.match(text, begin)
    begin = line_end.end() if line_end else begin
    end_of_fence_line = _BREAK.match(text, closing.start())
    end = end_of_fence_line.end() if end_of_fence_line else closing.start()
    front = text[begin:end]
    _check_characters(front, 2)
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
