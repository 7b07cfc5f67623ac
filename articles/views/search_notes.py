"""What is said above the results of a search, besides their number."""

from __future__ import annotations

from articles.rules.phrasing import shortened
from articles.search import (
    MOST_CHARACTERS,
    MOST_WORDS,
    NARROWED,
    RANKED,
    SearchQuery,
    unknown_names,
)
from articles.selectors.search import SORTS, SearchPage

_LONGEST = 40  # characters of what was given that are repeated
_FITS = {
    "all": "",
    "unwanted": "Every page with these words also says what it should not. "
    "These are such pages.",
    "most": "No page has all of these words; these have most of them.",
    "some": "No page has all of these words; these have some of them.",
}


def notes_on_question(query: SearchQuery, *, sort: str) -> list[str]:
    """What of a question is not understood, or left out."""
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
    return notes


def notes_on_results(found: SearchPage) -> list[str]:
    """How well the results fit."""
    notes = [_FITS[found.fit]] if found.stories and _FITS[found.fit] else []
    if found.was_bounded:
        notes.append(
            "More pages fit than are compared: these are the best of the newest "
            f"{RANKED:,}."
        )
    elif found.was_cut:
        notes.append(
            f"Of the pages with these words the newest {NARROWED:,} were held against "
            "the filters" + (": older ones follow." if found.next_cursor else ".")
        )
    return notes


def _short(text: str) -> str:
    return shortened(text, _LONGEST, keep_blank=True)
