"""The words of the site that are nearest to one that nobody says.

A word is looked up by what slips leave as it was: its beginning, its middle or its end,
with its length. So few words are compared, however many there are.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from articles.models import SearchWord
from articles.models.sql import places, rows

MOST_SLIPS = 2
SHORTEST = 4  # letters of what was typed
PARTS = ("head", "core", "tail")  # by which a word is looked up
_TWICE = 6  # letters of a word in which two slips are looked for
_COMPARED = 20_000  # words
_BY = "SELECT letters FROM {table} WHERE {part} IN ({places})"


class NearWord(NamedTuple):
    """A word, and what lies between it and what was typed; the likeliest is least."""

    slips: int  # a letter left out, put in, mistaken, or two that changed places
    is_strange: bool  # a letter is another one, or one too many: there are many others
    is_begun_otherwise: bool  # people seldom mistake the first letter
    letters: str


def keys_of(letters: str) -> tuple[str, str, str]:
    """What a word is looked up by, part by part."""
    length = len(letters)
    part, middle = _part(length), _middle(length)
    return (
        f"{length}{letters[:part]}",
        f"{length}{letters[middle : middle + part]}",
        f"{length}{letters[-part:]}",
    )


def near_words(letters: str, *, slips: int) -> list[NearWord]:
    """The words so few slips away, or fewer, the likeliest first."""
    if len(letters) < SHORTEST or (slips > 1 and len(letters) < _TWICE):
        return []
    known = _words_like(letters, slips)
    found = process.extract(
        letters, known, scorer=OSA.distance, score_cutoff=slips, limit=None
    )
    return sorted(
        NearWord(int(distance), _is_strange(letters, word), word[0] != letters[0], word)
        for word, distance, _ in found
        if distance
    )


def _words_like(letters: str, slips: int) -> list[str]:
    """Words that have a part of these letters where it belongs, or next to that."""
    asked: dict[str, list[str]] = {part: [] for part in PARTS}
    for length in range(len(letters) - slips, len(letters) + slips + 1):
        part = _part(length)
        asked["head"].append(f"{length}{letters[:part]}")
        asked["tail"].append(f"{length}{letters[-part:]}")
        if slips > 1:  # one slip leaves the beginning or the end
            asked["core"] += _cores(letters, length)
    table = SearchWord._meta.db_table
    sql = " UNION ".join(
        _BY.format(table=table, part=part, places=places(len(keys)))
        for part, keys in asked.items()
        if keys
    )
    keys = [key for of_part in asked.values() for key in of_part]
    return [word for (word,) in rows(f"{sql} LIMIT {_COMPARED}", keys)]


def _cores(letters: str, length: int) -> Iterator[str]:
    part, middle = _part(length), _middle(length)
    for begin in range(max(middle - 1, 0), middle + 2):
        yield f"{length}{letters[begin : begin + part]}"


def _part(length: int) -> int:
    """Of so many letters so many, in one place, are not touched by a slip elsewhere."""
    return 3 if length > 6 else 2


def _middle(length: int) -> int:
    return (length - _part(length)) // 2


def _is_strange(typed: str, word: str) -> bool:
    """Whether it is no letter left out, doubled or out of its order."""
    if len(word) > len(typed):
        return False
    if len(word) == len(typed):
        return sorted(word) != sorted(typed)
    return all(
        typed[place] != typed[place - 1] or typed[:place] + typed[place + 1 :] != word
        for place in range(1, len(typed))
    )
