"""Keeps the words that a misspelt one may be meant for: those of visible pages.

Each word knows one entry that says it. Whoever takes entries away looks for another one
for the words that are left without, in the same transaction; a word without any goes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from articles.models import SearchWord
from articles.models.bulk import among, chunks, insert_rows, save_fields
from articles.models.search_word import LONGEST
from articles.rules.text.words import read_words

from .near_words import PARTS, SHORTEST, keys_of


def words_of(texts: Iterable[str]) -> Iterator[str]:
    """The words of texts that somebody may misspell, as they are written there."""
    for text in texts:
        for word in read_words(text).words:
            if not word.is_character and is_kept(word.letters):
                yield word.letters


def is_kept(letters: str) -> bool:
    """Whether a folded word is long enough to be known again, and of letters alone."""
    return SHORTEST <= len(letters) <= LONGEST and letters.isalpha()


def keep(said: Mapping[str, int]) -> None:
    """Keep words that entries say which were just written, each with its entry."""
    for some in chunks(sorted(said), 5000):
        rows = SearchWord.objects.filter(letters__in=among(some))
        held = set(rows.values_list("letters", flat=True))
        insert_rows(
            SearchWord,
            ("letters", *PARTS, "entry"),
            [
                (letters, *keys_of(letters), said[letters])
                for letters in some
                if letters not in held
            ],
        )


def without_entry() -> list[SearchWord]:
    """The words whose entry has gone."""
    return list(SearchWord.objects.filter(entry=None).only("pk", "letters"))


def settle_words(left: Iterable[SearchWord], found: Mapping[str, int | None]) -> None:
    """Give words that are left the entries found for them; the others go."""
    kept: list[SearchWord] = []
    gone: list[SearchWord] = []
    for word in left:
        word.entry_id = found.get(word.letters)
        (gone if word.entry_id is None else kept).append(word)
    save_fields(kept, ("entry",))
    for some in chunks([word.pk for word in gone]):
        SearchWord.objects.filter(pk__in=among(some)).delete()
