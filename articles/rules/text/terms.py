"""The words of a text as stories compare them: alike in every script.

A script that is written without spaces gives runs of neighbouring characters instead
of words, one beginning at each character. The fewer signs a script has, the less each
says, and the longer are its runs. A run counts as a part of a word (`size`), so that
what is said of a number of words holds in these scripts as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from .words import Word, is_alphabetic, is_kana, is_unspaced, read_forms, read_words


class Run(NamedTuple):
    """How many characters a run has, and what part of a word it counts as."""

    length: int
    size: float


# Ideographs and Hangul have thousands of signs, kana eighty, Thai or Lao fifty.
SIGNS = Run(2, 1 / 3)
KANA = Run(3, 1 / 5)
LETTERS = Run(4, 1 / 5)


class Term(NamedTuple):
    """A word, or a run of characters, and where in the text it stands."""

    form: str
    start: int
    end: int


@lru_cache(maxsize=4096)
def forms(text: str) -> tuple[str, ...]:
    """The forms of a text's terms, in their order."""
    found = read_forms(text)
    if found.is_spaced:
        return found.words
    return tuple(term.form for term in read_terms(text))


def read_terms(text: str) -> list[Term]:
    """The terms of a text, in its order."""
    found: list[Term] = []
    for run in _neighbours(read_words(text).words):
        if run[0].is_character:
            found.extend(_runs(run))
        else:
            found.extend(Term(word.form, word.start, word.end) for word in run)
    return found


@lru_cache(maxsize=65536)
def size(form: str) -> float:
    """How many words a term counts as."""
    return _run_of(form[0]).size if is_unspaced(form[0]) else 1.0


def words_in(terms: Iterable[str]) -> float:
    """How many words some terms are, by their forms."""
    return sum(map(size, terms))


def first_words(terms: Sequence[str], most: int) -> Sequence[str]:
    """The first of some terms, as many as are so many words."""
    if len(terms) <= most:
        return terms
    taken = 0.0
    for place, term in enumerate(terms):
        taken += size(term)
        if taken > most + 1e-9:
            return terms[:place]
    return terms


def _neighbours(words: Iterable[Word]) -> Iterator[list[Word]]:
    """Words cut into characters of one kind that touch, and all other words."""
    run: list[Word] = []
    for word in words:
        if run and not _touch(run[-1], word):
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def _touch(one: Word, other: Word) -> bool:
    if not (one.is_character and other.is_character):
        return not one.is_character and not other.is_character
    alike = is_alphabetic(one.form[0]) == is_alphabetic(other.form[0])
    return one.end == other.start and alike


def _runs(characters: Sequence[Word]) -> Iterator[Term]:
    """The runs of characters that touch; all of them, where none is long enough."""
    runs = [
        characters[place : place + _run_of(first.form[0]).length]
        for place, first in enumerate(characters)
    ]
    whole = [run for run in runs if len(run) == _run_of(run[0].form[0]).length]
    for run in whole or [characters]:
        yield Term("".join(one.form for one in run), run[0].start, run[-1].end)


def _run_of(letter: str) -> Run:
    if is_alphabetic(letter):
        return LETTERS
    return KANA if is_kana(letter) else SIGNS
