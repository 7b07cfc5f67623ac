"""What is said above the results of a search, besides their number."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from articles.rules.phrasing import series, shortened
from articles.search import (
    MOST_CHARACTERS,
    MOST_WORDS,
    NARROWED,
    RANKED,
    SearchQuery,
    parse,
    unknown_names,
)
from articles.selectors.search import SORTS, SearchPage

_LONGEST = 40  # characters of what was given that are repeated
_FITS = {
    "all": "",
    "spread": "No single article has all of these words; these stories do, one article "
    "this word and another that.",
    "unwanted": "Every article with these words also has one that you exclude. "
    "These are such articles.",
    "most": "No article has all of these words; these have most of them.",
    "some": "No article has all of these words; these have some of them.",
}

Address = Callable[[str], str]  # of the search for other words


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence or two; a link to another search may end it."""

    text: str
    link: str = ""  # its words
    address: str = ""
    end: str = ""  # behind the link


def notes_on_question(query: SearchQuery, *, sort: str, address: Address) -> list[Note]:
    """What of a question is not understood, left out, or not meant, perhaps."""
    notes = []
    if sort and sort not in SORTS:
        notes.append(
            f"There is no order called “{_short(sort)}”; "
            "there are relevance and newest."
        )
    if query.was_cut:
        notes.append(
            f"Only the first {MOST_WORDS} words, within {MOST_CHARACTERS} characters, "
            "are looked for."
        )
    if query.text and not query:
        notes.append(f"There is no word in “{_short(query.text)}” to look for.")
    providers, topics = unknown_names(query)
    notes += [f"No publisher here is called “{_short(n.said)}”." for n in providers]
    notes += [f"No topic here is called “{_short(n.said)}”." for n in topics]
    return [*map(Note, notes), *_on_excluded(query, address)]


def notes_on_hyphens(typed: str, query: SearchQuery, *, address: Address) -> list[Note]:
    """That a hyphen was read as part of a word, and how it would exclude the word."""
    if query.text == parse(typed).text:
        return []
    excluding = re.sub(r"(?<=\s)-(\w+)", r'-"\1"', typed)
    return [
        Note(
            f"Showing results for “{_short(query.text)}”.",
            "Exclude the word after the hyphen",
            address(excluding),
            ".",
        )
    ]


def notes_on_results(found: SearchPage, *, address: Address) -> list[Note]:
    """How well the results fit, and what else may have been meant."""
    notes = []
    if found.unknown:
        words = series((f"“{_short(word)}”" for word in found.unknown), "or")
        notes.append(
            f"No matches for {words}. Showing results for “{found.query.text}”."
        )
    if found.stories and _FITS[found.fit]:
        notes.append(_FITS[found.fit])
    if found.was_bounded:
        notes.append(
            "More articles match than are compared: these are the best of the newest "
            f"{RANKED:,}."
        )
    elif found.was_cut:
        notes.append(
            f"Of the articles with these words the newest {NARROWED:,} were held "
            "against the filters"
            + (": older ones follow." if found.next_cursor else ".")
        )
    return [*map(Note, notes), *_on_meaning(found, address)]


def _on_excluded(query: SearchQuery, address: Address) -> list[Note]:
    """A hyphen before a word excludes it, and may have been part of a headline."""
    notes = []
    for clause in query.unwanted:
        minus = re.compile(rf"(?<!\S)-(?={re.escape(clause.said)})")
        if query.wanted and minus.search(query.text):
            notes.append(
                Note(
                    f"Excluding “{_short(clause.said)}”.",
                    "Search for it instead",
                    address(minus.sub("", query.text)),
                    ".",
                )
            )
    return notes


def _on_meaning(found: SearchPage, address: Address) -> list[Note]:
    if not found.offer:
        return []
    meant = found.offer.query.text
    return [Note("Did you mean", meant, address(meant), "?")]


def _short(text: str) -> str:
    return shortened(text, _LONGEST, keep_blank=True)
