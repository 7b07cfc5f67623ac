"""Text for mail: lines of so many columns, as readers of plain text see them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

WIDTH = 72

# Marks that turn text around; they would take what follows with them.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def one_line(text: str) -> str:
    """Fold blanks and line ends to single blanks; take control characters out."""
    kept = "".join(" " if c.isspace() else c for c in text if not _is_control(c))
    return " ".join(kept.split())


def columns(text: str) -> int:
    """How many columns text takes: two for wide characters, none for marks."""
    return sum(map(_width, text))


def wrapped(text: str, *, indent: int = 0, width: int = WIDTH) -> str:
    """Text as lines of at most `width` columns, each indented by so many.

    Words that are longer than a line are cut.
    """
    lines: list[str] = []
    line = ""
    for word in _words(one_line(text), width - indent):
        longer = f"{line} {word}" if line else word
        if columns(longer) <= width - indent:
            line = longer
            continue
        lines.append(line)
        line = word
    return "\n".join(f"{' ' * indent}{held}".rstrip() for held in [*lines, line])


def shortened(text: str, width: int) -> str:
    """One line of at most `width` columns; what is cut off is told by an ellipsis."""
    line = one_line(text)
    if columns(line) <= width:
        return line
    return f"{next(_cut(line, width - 1)).rstrip()}…"


def _words(line: str, width: int) -> Iterator[str]:
    for word in line.split():
        yield from _cut(word, width)


def _cut(word: str, width: int) -> Iterator[str]:
    """Pieces of at most `width` columns; marks stay with what they mark."""
    piece, taken = "", 0
    for character in word:
        more = _width(character)
        if taken + more > width:
            yield piece
            piece, taken = "", 0
        piece += character
        taken += more
    yield piece


def _width(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _is_control(character: str) -> bool:
    if character.isspace():
        return False
    return character in _TURNING or unicodedata.category(character) in ("Cc", "Cs")
