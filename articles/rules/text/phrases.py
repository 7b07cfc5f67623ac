"""What two pages both say, in phrases as one of them writes them."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from .terms import Term, read_terms

# What stands between words that are no phrase: the end of a sentence or of a name.
_APART = re.compile("[.,;:!?|\u2013\u2014'\u2019]")
LONGEST = 15  # terms of a phrase

Forms = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that two pages share, as one of them writes them, and their weight."""

    words: str
    weight: float


@dataclass(frozen=True, slots=True)
class _Text:
    """A text, its terms, and of each whether the next one stands beside it."""

    text: str
    terms: Sequence[Term]
    joined: Sequence[bool]

    def forms(self, start: int, end: int) -> Forms:
        return tuple(term.form for term in self.terms[start:end])

    def written(self, start: int, end: int) -> str:
        return self.text[self.terms[start].start : self.terms[end - 1].end]


def shared_phrases(
    weights: Mapping[str, float], one: Sequence[str], other: Sequence[str]
) -> tuple[Phrase, ...]:
    """Join terms that stand side by side in texts of both pages; weightiest first.

    `weights` are those of the terms' forms; a page is its texts: title, excerpt. A
    phrase weighs as its weightiest term, and no term is said twice.
    """
    there = {run for text in map(_read, other) for run in _runs(weights, text)}
    found = [
        (text.forms(start, end), text.written(start, end))
        for text in map(_read, one)
        for start, end in _shared_runs(weights, text, there)
    ]
    phrases: dict[str, Phrase] = {}
    said: set[str] = set()
    for forms, written in sorted(found, key=lambda run: -len(run[0])):
        if not said.issuperset(forms):
            said.update(forms)
            weight = max(weights[form] for form in forms)
            phrases.setdefault(written.casefold(), Phrase(written, weight))
    return tuple(
        sorted(phrases.values(), key=lambda found: (-found.weight, found.words))
    )


def _read(text: str) -> _Text:
    terms = read_terms(text)
    joined = [
        _APART.search(text, one.end, next.start) is None
        for one, next in zip(terms, terms[1:], strict=False)
    ]
    return _Text(text, terms, [*joined, False])


def _shared_runs(
    weights: Mapping[str, float], text: _Text, there: set[Forms]
) -> Iterator[tuple[int, int]]:
    """Runs of weighty terms, each the longest that the other page has, too."""
    terms = text.terms
    for start, first in enumerate(terms):
        if first.form not in weights:
            continue
        end = start + 1
        while (
            end < len(terms)
            and text.joined[end - 1]
            and terms[end].form in weights
            and text.forms(start, end + 1) in there
        ):
            end += 1
        yield start, end


def _runs(weights: Container[str], text: _Text) -> Iterable[Forms]:
    """All runs of two weighty terms and more that stand side by side."""
    terms = text.terms
    for start, first in enumerate(terms):
        if first.form not in weights:
            continue
        end = start + 1
        while (
            text.joined[end - 1]
            and end - start < LONGEST
            and terms[end].form in weights
        ):
            end += 1
            yield text.forms(start, end)
