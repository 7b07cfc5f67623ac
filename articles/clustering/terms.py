"""Words of a page, folded so that spellings of one word compare equal."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from functools import lru_cache

_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_ENDINGS = ("ing", "es", "ed", "s")
_SHORTEST_STEM = 3


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The word less -s, -es, -ed, -ing, where enough of it is left."""
    word = word.partition("'")[0]
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def fold(text: str) -> str:
    """ASCII and lower case: accents dropped, typographic apostrophes plain."""
    if not text.isascii():
        text = text.replace("\u2019", "'").replace("\u2018", "'")
        decomposed = unicodedata.normalize("NFKD", text)
        text = decomposed.encode("ascii", "ignore").decode("ascii")
    return text.lower()


def words(text: str) -> list[str]:
    """Stemmed words in the order of the text."""
    return [stem(word) for word in _WORD.findall(fold(text))]


def frequencies(title: str, excerpt: str) -> dict[str, float]:
    """Term -> 1 + ln(2 x count in title + count in excerpt)."""
    counts = Counter(words(excerpt))
    for word in words(title):
        counts[word] += 2
    return {word: 1.0 + math.log(count) for word, count in counts.items()}
