"""What a reader typed, cut into words, phrases and the values of operators."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from articles.rules.hostname import provider_domain
from articles.rules.text.words import TextWords, read_words

_MARKS = '"\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02'
_PART = re.compile(
    # A hyphen before digits is a dash out of place: "COVID -19".
    rf"""(?P<minus>(?<!\S)-(?=[{_MARKS}]|[^\W\d_]))?
    (?:(?P<operator>provider|topic):(?=\S))?
    (?:[{_MARKS}]\s*(?P<phrase>[^{_MARKS}]*)[{_MARKS}]
      |(?P<words>[^\s{_MARKS}]+)
      |[{_MARKS}])""",
    re.IGNORECASE | re.VERBOSE,
)
# What stands between words that nobody writes as one.
_APART = re.compile(r"[/\\:;!?()\[\]{}<>|=~^*_]+|,(?![0-9]{3}(?![0-9]))")
# They stand in nearly every text: asked for only in phrases, or by themselves.
_SMALL = frozenset(
    ("a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "in", "is", "of")
    + ("on", "or", "that", "the", "to", "was", "with")
)


class TypedWord(NamedTuple):
    """A word as it was typed, folded, and where in the question it stands."""

    letters: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Part:
    """A word, a phrase or the value of an operator, read."""

    said: str
    operator: str  # "provider", "topic" or ""
    without: bool
    quoted: bool
    reading: TextWords
    start: int  # in the question

    @property
    def is_plain(self) -> bool:
        return not (self.operator or self.without or self.quoted)

    @property
    def typed(self) -> tuple[TypedWord, ...]:
        """Its words where they are plain ones, by their places in the question."""
        return tuple(
            TypedWord(word.letters, self.start + word.start, self.start + word.end)
            for word in self.reading.words
            if self.is_plain and not word.is_character
        )

    @property
    def is_small(self) -> bool:
        words = self.reading.words
        return self.is_plain and len(words) == 1 and words[0].letters in _SMALL

    @property
    def letters(self) -> str:
        """The one word that this is, where it may be joined with its neighbours."""
        words = self.reading.words
        alone = self.is_plain and len(words) == 1 and not words[0].is_character
        return words[0].letters if alone else ""


def parts_of(text: str) -> Iterator[Part]:
    """The parts of a question, in their order."""
    for found in _PART.finditer(text):
        operator = (found["operator"] or "").lower()
        quoted, without = found["phrase"] is not None, found["minus"] is not None
        said = found["phrase"] or found["words"] or ""
        begin = found.start("words")
        if operator == "provider" and "." in said:
            said = provider_domain(said) or said
        whole = operator or quoted or without
        for start, piece in [(0, said)] if whole else _pieces(said):
            reading = read_words(piece)
            if reading.words:
                start += begin
                yield Part(piece.strip(), operator, without, quoted, reading, start)


def _pieces(said: str) -> Iterator[tuple[int, str]]:
    """What nobody writes as one word, apart, and where each piece begins."""
    begin = 0
    for gap in _APART.finditer(said):
        yield begin, said[begin : gap.start()]
        begin = gap.end()
    yield begin, said[begin:]
