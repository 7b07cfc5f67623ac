"""Text without case, accents and typography, and where each character of it was.

Letters of Latin, Greek and Cyrillic lose their accents, Hebrew and Arabic their vowel
points; letters with a plain spelling get it (ø, ł, ß); digits of all scripts become
0-9; dashes and apostrophes become ASCII. Everything else that is neither letter, mark
nor digit becomes a blank, but for ASCII, which stays: what a sign means depends on
what stands beside it. So every character beyond ASCII is part of a word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from .letters import PLAIN_LETTERS

# Syllables and voiced kana are put together again, however they came.
_COMPOSED = "\u1100-\u11ff\u3040-\u30ff\uac00-\ud7af\uff65-\uffdc"
_IS_COMPOSED = re.compile(f"[{_COMPOSED}]")
_PART = re.compile(
    "[\x00-\x7f]+|[\u1100-\u11ff]+"
    "|[\u3040-\u30ff\uff65-\uff9f][\u3099\u309a\uff9e\uff9f]?|[^\x00-\x7f]"
)
# Accents, vowel points and lengthenings, which most people do not type.
_UNTYPED = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u093c\u09bc"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]"
)
_SPELLINGS = {
    **PLAIN_LETTERS,
    **dict.fromkeys("\u2018\u2019\u201b\u02bb\u02bc\u02b9\u2032\u00b4", "'"),
    **dict.fromkeys("\u2122\u2120\u00ae\u24c7\u00a9", ""),  # marks of trade
    "\u2212": "-",
    # One letter that two keyboards have.
    "\u06cc": "\u064a",
    "\u0649": "\u064a",
    "\u06a9": "\u0643",
}
_UNSEEN = "Cf"  # joiners, soft hyphens, marks of direction
_OF_WORDS = "LMN"


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text; its character i is made of `original[starts[i]:ends[i]]`."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]


def fold_text(text: str) -> Folded:
    """Fold a text, remembering where everything was."""
    if text.isascii():
        return Folded(text.lower(), range(len(text)), range(1, len(text) + 1))
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _PART.finditer(text):
        part, begin, end = match[0], match.start(), match.end()
        if part < "\x80":
            parts.append(part.lower())
            starts.extend(range(begin, end))
            ends.extend(range(begin + 1, end + 1))
            continue
        if folded := _fold_part(part):
            parts.append(folded)
            starts.extend([begin] * len(folded))
            ends.extend([end] * len(folded))
        elif ends:
            ends[-1] = end  # an accent belongs to the letter before it
    return Folded("".join(parts), starts, ends)


@lru_cache(maxsize=16384)
def _fold_part(part: str) -> str:
    if part in _SPELLINGS:
        return _SPELLINGS[part]
    apart = unicodedata.normalize("NFKD", part.casefold())
    while (further := unicodedata.normalize("NFKD", apart.casefold())) != apart:
        apart = further
    kept = "".join(map(_kept, _UNTYPED.sub("", apart)))
    return unicodedata.normalize("NFC", kept) if _IS_COMPOSED.search(part) else kept


def _kept(character: str) -> str:
    if character in _SPELLINGS:
        return _SPELLINGS[character]
    if character.isascii():
        return character
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category == "Pd":
        return "-"
    if category == _UNSEEN:
        return ""
    return character if category[0] in _OF_WORDS else " "
