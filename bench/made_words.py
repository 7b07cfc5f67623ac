"""Texts of made-up drops: everyday words, as often as in real ones, and names."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random

from .corpus_shape import DIFFERENT_WORDS

EVERYDAY = (  # the commonest first
    (Path(__file__).parent / "data" / "everyday.txt").read_text().split()
)

MARK = "zor"  # begins every made-up name and nothing else; in addresses and titles
_SYLLABLES = [
    first + vowel + last
    for first in "bdfgklmnprtv"
    for vowel in "aeiou"
    for last in ("n", "l", "r", "k", "")
]


def name(number: int) -> str:
    """A name that nothing else has, of at most a dozen letters: "Zorbanfik"."""
    return (MARK + _spelled(number)).capitalize()


def word(rank: int) -> str:
    """The word of a rank by how often it is said, from 0 on."""
    return EVERYDAY[rank] if rank < len(EVERYDAY) else _spelled(rank) + "ta"


def any_word(random: Random) -> str:
    """A word as often as it is said: that of rank r about 1 / r times."""
    return word(int(math.exp(random.random() * math.log(DIFFERENT_WORDS))) - 1)


def some_words(random: Random, count: int) -> list[str]:
    """Words that are neither said everywhere nor once: what a text is about."""
    return [word(random.randrange(40, 1500)) for _ in range(count)]


def text(random: Random, about: Iterable[str], characters: float) -> str:
    """A text of some length that says what it is about in the order given."""
    said: list[str] = list(about)
    size = sum(map(len, said)) + len(said)
    while size < characters:
        more = any_word(random)
        said.insert(random.randrange(1, len(said) + 1) if said else 0, more)
        size += len(more) + 1
    return _sentence(said)


def _sentence(words: Sequence[str]) -> str:
    joined = " ".join(words)
    return joined[:1].upper() + joined[1:]


def _spelled(number: int) -> str:
    found = ""
    base = len(_SYLLABLES)
    number += base  # two syllables at least
    while number:
        number, last = divmod(number, base)
        found = _SYLLABLES[last] + found
    return found
