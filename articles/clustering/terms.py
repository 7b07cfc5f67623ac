"""What a page says, as clustering compares it."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from articles.rules.text.terms import forms
from articles.rules.text.words import Word, read_words

_BLANK = re.compile(r"\s")
_SENTENCE_ENDS = '.!?:|"\u201c'
_OPENING = "([{'\"\u2018\u201c\u00ab\u00bf\u00a1"


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """What a page says, as forms of its terms. Each reading is known by itself."""

    title: tuple[str, ...]  # in the order of the title
    excerpt: tuple[str, ...]
    frequency: Mapping[str, float]  # 1 + ln(2 x in title + in excerpt)
    names: frozenset[str]  # written as names are: see `names_in`


@lru_cache(maxsize=4096)  # pages are read again with each they are listed with
def wording(title: str, excerpt: str) -> Wording:
    """Read the terms of a page."""
    in_title, in_excerpt = forms(title), forms(excerpt)
    counts = Counter(in_excerpt)
    for word in in_title:
        counts[word] += 2
    return Wording(
        title=in_title,
        excerpt=in_excerpt,
        frequency={word: _weight(count) for word, count in counts.items()},
        names=frozenset(names_in(title, headline=True) | names_in(excerpt)),
    )


@lru_cache(maxsize=256)  # one number for all words that are used as often
def _weight(count: int) -> float:
    return 1.0 + math.log(count)


def names_in(text: str, *, headline: bool = False) -> set[str]:
    """Forms of words with a capital inside a sentence, or inside the word.

    What is written without a blank is a name as a whole ("AI-powered"). Headlines
    often capitalise every word, so there only a capital inside counts.
    """
    found: set[str] = set()
    for words in _without_blanks(text):
        written = text[words[0].start : words[-1].end]
        if written[0].isupper():
            inside = not headline and not _begins_sentence(text, words[0].start)
            if inside or written[1:] != written[1:].lower():
                found.update(word.form for word in words)
    return found


def _without_blanks(text: str) -> Iterator[Sequence[Word]]:
    """The words of a text (not its characters), those that touch together."""
    together: list[Word] = []
    for word in read_words(text).words:
        if together and _BLANK.search(text, together[-1].end, word.start):
            yield together
            together = []
        if not word.is_character:
            together.append(word)
    if together:
        yield together


def _begins_sentence(text: str, at: int) -> bool:
    """Whether nothing, or the end of a sentence, stands before a place in a text."""
    before = text[:at].rstrip(_OPENING).rstrip()
    return not before or before[-1] in _SENTENCE_ENDS
