"""English words without their commonest endings."""

from __future__ import annotations

from functools import lru_cache

# -e as well, for "service" and "services" are to meet.
_ENDINGS = ("ing", "es", "ed", "s", "e")
_SHORTEST_STEM = 3
_SHORTEST_IN_IES = 5


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The word less -s, -es, -ed, -ing, -e, where enough of it is left."""
    word = word.partition("'")[0]
    if word.endswith("ies") and len(word) >= _SHORTEST_IN_IES:
        word = f"{word[:-3]}y"
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word
