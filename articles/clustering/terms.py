"""Words of a page, folded so that spellings of one word compare equal."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from articles.rules.text.stem import stem

_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_AROUND_WORDS = ".,;:!?()[]\"'\u201c\u201d\u2018\u2019|\u2013\u2014-"
_SENTENCE_ENDS = '.!?:|"\u201c'


@dataclass(frozen=True, slots=True)
class Wording:
    """What a page says, as stems."""

    title: tuple[str, ...]  # in the order of the title
    excerpt: tuple[str, ...]
    frequency: Mapping[str, float]  # 1 + ln(2 x in title + in excerpt)
    names: frozenset[str]  # written as names are: see `names_in`


def wording(title: str, excerpt: str) -> Wording:
    """Read the words of a page."""
    in_title, in_excerpt = words(title), words(excerpt)
    counts = Counter(in_excerpt)
    for word in in_title:
        counts[word] += 2
    return Wording(
        title=tuple(in_title),
        excerpt=tuple(in_excerpt),
        frequency={word: 1.0 + math.log(n) for word, n in counts.items()},
        names=frozenset(names_in(title, headline=True) | names_in(excerpt)),
    )


def words(text: str) -> list[str]:
    """Stemmed words in the order of the text."""
    return [stem(word) for word in _WORD.findall(fold(text))]


def names_in(text: str, *, headline: bool = False) -> set[str]:
    """Stems of words with a capital inside a sentence, or inside the word.

    Headlines often capitalise every word, so there only the latter counts.
    """
    found: set[str] = set()
    before = "."
    for token in text.split():
        core = token.strip(_AROUND_WORDS)
        if core and core[0].isupper():
            inside = not headline and before[-1] not in _SENTENCE_ENDS
            if inside or core[1:] != core[1:].lower():
                found.update(words(core))
        before = token
    return found


def spellings(text: str) -> dict[str, str]:
    """Stem -> the word as the text first writes it."""
    found: dict[str, str] = {}
    for token in text.split():
        core = token.replace("\u2019", "'").strip(_AROUND_WORDS).removesuffix("'s")
        for part in words(core):
            found.setdefault(part, core)
    return found


def fold(text: str) -> str:
    """ASCII and lower case: accents dropped, typographic apostrophes plain."""
    if not text.isascii():
        text = text.replace("\u2019", "'").replace("\u2018", "'")
        decomposed = unicodedata.normalize("NFKD", text)
        text = decomposed.encode("ascii", "ignore").decode("ascii")
    return text.lower()
