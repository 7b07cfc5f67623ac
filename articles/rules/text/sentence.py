"""The first sentence of a text, for where there is room for one."""

from __future__ import annotations

import re

MOST = 180  # characters
LEAST = 50  # what is shorter is an abbreviation or a fragment, and the next follows it

# A full stop, question or exclamation mark before what begins another sentence; in
# scripts written without spaces the mark alone.
_END = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+(?=[^\sa-z])|(?<=[。！？])")
# What has a full stop of its own: initials, and what stands before names and numbers.
_SHORT = re.compile(
    r"\b(?:[A-Za-z]|Corp|Dr|Gen|Gov|Inc|Jr|Lt|Ltd|Mr|Mrs|Ms|No|Nos|Prof|Rep|Sen|Sr|St|vs"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.$"
)
_BLANK = re.compile(r"\s\S*$")


def first_sentence(text: str, *, most: int = MOST) -> str:
    """The first sentence of at least `LEAST` characters, or as much as has room.

    What is cut off is cut between words, where there are any.
    """
    ends = _END.finditer(text, LEAST)
    whole = (end for end in ends if not _is_short(text, end.start()))
    if end := next(whole, None):
        text = text[: end.end()].rstrip()
    if len(text) <= most:
        return text
    begin = text[: most - 1]
    blank = _BLANK.search(begin, most // 2)
    return f"{(begin[: blank.start()] if blank else begin).rstrip()}…"


def _is_short(text: str, end: int) -> bool:
    """Whether what stands before this place is no sentence's end."""
    return bool(_SHORT.search(text, end - 6, end))
