"""What each word of a page weighs, seen against the pages it is listed with.

What a whole list says tells nobody apart ("facial recognition" in a list about it),
and a table of terms knows only the fields it was made from. So a word weighs

    idf x (1 - share),   share = (others that use it + 0.3) / (others + 1)

where the others are the pages that some list names together with this one. Whether
two pages share a word is asked pair by pair; a page that uses the word cannot speak
for its being common when it is the other one of the pair, so each word has two
weights: `lone`, where the other page lacks it, and `shared`, where it has it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from math import fsum

from articles.rules.text.terms import size

from .problem import ClusterPage
from .term_table import TermTable
from .terms import Wording

PRIOR_SHARE = 0.3
PRIOR_PAGES = 1.0
TOP_TERMS = 3.0


@dataclass(frozen=True, slots=True)
class Context:
    """The pages listed with a page: how many, and how many use each of its words."""

    size: int
    uses: Mapping[str, int]


def context(others: Iterable[Wording], page: Wording) -> Context:
    """Count the words of a page among the pages listed with it, itself left out.

    Of its words only: a list of hundreds has as many contexts, of thousands of words.
    """
    own, held = page.frequency.keys(), list(others)
    # All in one count: for each page by itself it would cost twice as much.
    uses = Counter(chain.from_iterable(own & one.frequency.keys() for one in held))
    return Context(len(held), uses)


@dataclass(frozen=True, slots=True)
class Profile:
    """A page, ready to be compared. Squares are sums over its words."""

    page: ClusterPage
    wording: Wording
    title: frozenset[str]
    shared: Mapping[str, float]  # word -> weight where the other page has it
    lone: Mapping[str, float]  # word -> weight where it has not
    weighed: Mapping[str, float]  # frequency x shared
    lone_squares: Mapping[str, float]  # of frequency x lone
    square: float  # their sum
    names_square: float  # the same over names
    title_sum: float  # of lone over the title
    title_top: float  # of the 3 weightiest words of the title, shared


def profile(
    page: ClusterPage, wording: Wording, around: Context, table: TermTable
) -> Profile:
    """Weigh a page's words against the pages it is listed with."""
    shared, lone = {}, {}
    # The other page of a pair is one of the context; with none, nobody is.
    others = max(around.size - 1, 0) + PRIOR_PAGES
    prior = PRIOR_SHARE * PRIOR_PAGES
    idf_of, uses_of = table.idf.get, around.uses.get
    for word in wording.frequency:
        idf, uses = idf_of(word, table.idf_unknown), uses_of(word, 0)
        lone[word] = idf * max(0.0, 1.0 - (uses + prior) / others)
        if uses:
            shared[word] = idf * max(0.0, 1.0 - (uses - 1 + prior) / others)
        else:
            shared[word] = lone[word]
    squares = {w: (tf * lone[w]) ** 2 for w, tf in wording.frequency.items()}
    title = frozenset(wording.title)
    return Profile(
        page=page,
        wording=wording,
        title=title,
        shared=shared,
        lone=lone,
        weighed={w: tf * shared[w] for w, tf in wording.frequency.items()},
        lone_squares=squares,
        square=fsum(squares.values()),
        names_square=fsum(squares[word] for word in wording.names),
        title_sum=fsum(lone[word] for word in title),
        title_top=top_sum((shared[word], size(word)) for word in title),
    )


def top_sum(weighed: Iterable[tuple[float, float]]) -> float:
    """The weight of the three weightiest words, given as weights and sizes.

    A term that is a part of a word (`rules.text.terms`) brings that part of its weight.
    """
    room, parts = TOP_TERMS, []
    for weight, part in sorted(weighed, reverse=True):
        part = min(part, room)
        parts.append(weight * part)
        room -= part
        if room <= 0.0:
            break
    return fsum(parts)
