"""English words without their endings.

The stemmer is the Snowball project's for English (Porter 2,
https://snowballstem.org/algorithms/english/stemmer.html), in C: the same in Python
takes fifty times as long.
"""

from __future__ import annotations

import re
import threading

import Stemmer

# The stemmer knows the American ending alone. What is left of either is spelled alike.
_ISE = re.compile(r"(?<=[a-z]{3})is(?=(?:e[ds]?|ers?|ing|ations?|able)$)")
_IZ = re.compile(r"iz$")


class _English(threading.local):
    """A stemmer for each thread: one must not serve two at once."""

    def __init__(self) -> None:
        # Without a cache of its own; `form` of `words` has one.
        self.stemmer = Stemmer.Stemmer("english", 0)


_english = _English()


def stem(word: str) -> str:
    """The stem of a lower-case ASCII word; British and American endings alike."""
    stemmed: str = _english.stemmer.stemWord(_ISE.sub("iz", word))
    return _IZ.sub("is", stemmed)
