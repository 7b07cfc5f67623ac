"""How people mistype."""

from __future__ import annotations

from random import Random
from string import ascii_lowercase


def slip(word: str, chance: Random) -> str:
    """A word with one letter left out, doubled, mistaken, put in, or two changed."""
    while True:
        place = chance.randrange(len(word))
        before, letter, after = word[:place], word[place], word[place + 1 :]
        other = chance.choice(ascii_lowercase)
        typed = chance.choice(
            (
                before + after,
                before + letter + letter + after,
                before + other + after,
                before + other + letter + after,
                before + after[:1] + letter + after[1:],
            )
        )
        if typed != word:
            return typed
