"""The words that two pages share, as phrases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_AROUND = ".,;:!?()[]\"'\u201c\u201d\u2018\u2019|\u2013\u2014-"
_STOPS = ".,;:!?|\u2013\u2014"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that two pages share, as one of them writes them, and their weight."""

    words: str
    weight: float


def shared_phrases(
    terms: Iterable[tuple[str, float]], one: Sequence[str], other: Sequence[str]
) -> tuple[Phrase, ...]:
    """Join shared words that stand side by side in texts of both pages.

    Terms are words as page `one` writes them, the weightiest first; a page is its
    texts: title, excerpt.
    """
    weights: dict[str, float] = {}
    written: dict[str, str] = {}
    for word, weight in terms:
        key = word.casefold()
        written.setdefault(key, word)
        weights[key] = max(weight, weights.get(key, 0.0))
    there = {run for text in other for run in _runs(text)}
    phrases: dict[str, Phrase] = {}
    told: set[str] = set()
    for part in sorted(_shared_runs(weights, one, there), key=lambda run: -len(run)):
        folded = [word.casefold() for word in part]
        if not told.issuperset(folded):
            told.update(folded)
            weight = max(weights[word] for word in folded)
            phrases.setdefault(" ".join(folded), Phrase(" ".join(part), weight))
    for key in weights.keys() - told:
        phrases[key] = Phrase(written[key], weights[key])
    return tuple(
        sorted(phrases.values(), key=lambda found: (-found.weight, found.words))
    )


def _shared_runs(
    weights: dict[str, float], texts: Iterable[str], there: set[tuple[str, ...]]
) -> Iterator[tuple[str, ...]]:
    """Runs of shared words, the longest that the other page has, too."""
    for text in texts:
        words = _words(text)
        for start in range(len(words)):
            if words[start][0].casefold() not in weights:
                continue
            end = start + 1
            while (
                end < len(words)
                and not words[end - 1][1]
                and words[end][0].casefold() in weights
                and _folded(words[start : end + 1]) in there
            ):
                end += 1
            yield tuple(word for word, _ in words[start:end])


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    """All runs of two to five words within a sentence, folded."""
    words = _words(text)
    for start in range(len(words)):
        for end in range(start + 1, min(start + 5, len(words))):
            if words[end - 1][1]:
                break
            yield _folded(words[start : end + 1])


def _folded(words: Sequence[tuple[str, bool]]) -> tuple[str, ...]:
    return tuple(word.casefold() for word, _ in words)


def _words(text: str) -> list[tuple[str, bool]]:
    """Words without what is around them, and whether a stop follows."""
    found = []
    for token in text.split():
        core = token.replace("\u2019", "'").strip(_AROUND)
        bare = core.removesuffix("'s")
        stops = token[-1] in _STOPS or bare != core
        if bare:
            found.append((bare, stops))
        elif found:
            found[-1] = (found[-1][0], True)
    return found
