"""Names in the order of an index, under the letter they begin with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from .slug import slug

DIGITS = "0–9"
OTHER = "Other"


@lru_cache(maxsize=4096)
def letter_of(name: str) -> str:
    """The heading of a name: "0–9", "A" to "Z", or "Other" for other scripts.

    Accents, and what stands before the first letter or digit, are passed over.
    """
    return _letter(slug(name, fallback=" "))


@lru_cache(maxsize=4096)
def filing_key(name: str) -> tuple[int, str, str]:
    """By which names are sorted: digits, then letters, then other scripts."""
    words = slug(name, fallback=" ")
    return {DIGITS: 0, OTHER: 2}.get(_letter(words), 1), words, name


def namesakes(names: Iterable[str]) -> set[str]:
    """Those names that occur more than once, in whatever case."""
    held = list(names)
    times = Counter(name.casefold() for name in held)
    return {name for name in held if times[name.casefold()] > 1}


def _letter(words: str) -> str:
    first = words[0]
    if "a" <= first <= "z":
        return first.upper()
    return DIGITS if "0" <= first <= "9" else OTHER
