"""The first sentence of a text, for where there is room for one."""

from __future__ import annotations

import re

MOST = 180  # characters
LEAST = 50  # what is shorter is an abbreviation or a fragment, and the next follows it

# A full stop, question or exclamation mark before what begins another sentence; in
# scripts written without spaces the mark alone.
_END = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+(?=[^\sa-z])|(?<=[。！？])")
_BLANK = re.compile(r"\s\S*$")


def first_sentence(text: str, *, most: int = MOST) -> str:
    """The first sentence of at least `LEAST` characters, or as much as has room.

    What is cut off is cut between words, where there are any.
    """
    if end := _END.search(text, LEAST):
        text = text[: end.end()].rstrip()
    if len(text) <= most:
        return text
    begin = text[: most - 1]
    blank = _BLANK.search(begin, most // 2)
    return f"{(begin[: blank.start()] if blank else begin).rstrip()}…"
