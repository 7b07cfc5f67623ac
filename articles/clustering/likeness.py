"""How likely two pages are one event: six features, one logistic formula.

    alike      root of the cosine of the weighted words, x exp(-days / 4)
    new_text   1 where both are of one provider and their titles differ: a provider
               rarely tells one event twice, but does repost its text
    title      share of each title's weight that the other page's words cover,
               averaged, x exp(-days / 4)
    names      cosine over the words written as names
    soon       exp(-days)
    rarest     the three weightiest shared words that a title has, against the three
               weightiest of the titles

All are ratios, so that a field whose words the table of terms does not know is
measured as one it knows. `tools/fit_stories.py` fits the weights; it says how.
Likelihoods are whole millionths: their sums do not depend on any order.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from articles.rules.text.terms import size

from .profile import Profile, top_sum

DECAY_HOURS = 4 * 24.0
SOON_HOURS = 24.0
MOST_RAREST = 1.5
WHOLE = 1_000_000  # a likelihood of one


class Likeness(NamedTuple):
    """The features of a pair; the module says what each means."""

    alike: float
    new_text: float
    title: float
    names: float
    soon: float
    rarest: float


WEIGHTS = Likeness(2.12, -3.60, 4.91, 3.54, 3.01, 4.70)
BIAS = -7.26


def likelihood(found: Likeness, *, handicap: float = 0.0) -> int:
    """Millionths of certainty that a pair is one event; a handicap asks for more."""
    logit = BIAS - handicap
    for weight, feature in zip(WEIGHTS, found, strict=True):
        logit += weight * feature
    return round(WHOLE / (1.0 + math.exp(-logit)))


def likeness(a: Profile, b: Profile) -> Likeness:
    """Compare two pages; the order of the two does not matter."""
    if b.page.key < a.page.key:
        a, b = b, a
    hours = abs(a.page.hours - b.page.hours)
    decay = math.exp(-hours / DECAY_HOURS)
    soon = math.exp(-hours / SOON_HOURS)
    same_title = a.wording.title == b.wording.title
    one_provider = a.page.provider == b.page.provider != ""
    new_text = float(one_provider and not same_title)
    if a.shared.keys().isdisjoint(b.shared):
        # Most pairs of a long list: what the words would say is nothing.
        return Likeness(0.0, new_text, 0.0, 0.0, soon, 0.0)
    words = [word for word in a.shared if word in b.shared]
    return Likeness(
        alike=math.sqrt(_cosine(a, b, words) * decay),
        new_text=new_text,
        title=(_title_cover(a, words) + _title_cover(b, words)) / 2 * decay,
        names=_names(a, b, words),
        soon=soon,
        rarest=_rarest(a, b, words),
    )


def shared_terms(a: Profile, b: Profile) -> list[tuple[str, float]]:
    """Words both pages use, with their common weight; weightiest first."""
    both = [
        (word, math.sqrt(weight * b.shared[word]))
        for word, weight in a.shared.items()
        if word in b.shared
    ]
    return sorted(both, key=lambda term: (-term[1], term[0]))


def _cosine(a: Profile, b: Profile, words: list[str]) -> float:
    dot, square_a, square_b = 0.0, a.square, b.square
    for word in words:
        in_a, in_b = a.weighed[word], b.weighed[word]
        dot += in_a * in_b
        # The lengths were summed as if the other page had none of the words.
        square_a += in_a**2 - a.lone_squares[word]
        square_b += in_b**2 - b.lone_squares[word]
    return _ratio(dot, square_a, square_b)


def _names(a: Profile, b: Profile, words: list[str]) -> float:
    """The cosine over words that either page writes as a name."""
    dot, square_a, square_b = 0.0, a.names_square, b.names_square
    for word in words:
        named_a, named_b = word in a.wording.names, word in b.wording.names
        if named_a or named_b:
            in_a, in_b = a.weighed[word], b.weighed[word]
            dot += in_a * in_b
            square_a += in_a**2 - (a.lone_squares[word] if named_a else 0.0)
            square_b += in_b**2 - (b.lone_squares[word] if named_b else 0.0)
    return _ratio(dot, square_a, square_b)


def _ratio(dot: float, square_a: float, square_b: float) -> float:
    lengths = math.sqrt(max(square_a, 0.0) * max(square_b, 0.0))
    return min(dot / lengths, 1.0) if lengths > 0.0 else 0.0


def _title_cover(page: Profile, words: list[str]) -> float:
    """Share of a title's weight in words that the other page has too."""
    covered, whole = 0.0, page.title_sum
    for word in words:
        if word in page.title:
            covered += page.shared[word]
            whole += page.shared[word] - page.lone[word]
    return min(covered / whole, 1.0) if whole > 0.0 else 0.0


def _rarest(a: Profile, b: Profile, words: list[str]) -> float:
    possible = math.sqrt(a.title_top * b.title_top)
    if not possible > 0.0:
        return 0.0
    shared = (
        (math.sqrt(a.shared[word] * b.shared[word]), size(word))
        for word in words
        if word in a.title or word in b.title
    )
    return min(top_sum(shared) / possible, MOST_RAREST)
