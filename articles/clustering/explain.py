"""Why each page is in its story, as records that pages and commands put in words.

The strongest ties from the lead outwards make a tree (each page hangs on the tie
that joins it at the greatest likelihood), so every page has one tie and one path to
the lead. Only the pages given are looked at: no record names another, and none
changes because of what is said elsewhere. So likelihoods are those of the pages by
themselves, without the pages listed beside them, and put ties in order, no more.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from articles.rules.text.terms import first_words

from .likeness import WHOLE, likelihood, likeness, shared_terms
from .problem import ClusterPage, RelatedList
from .profile import Context, Profile, profile
from .reprints import same_text
from .term_table import TermTable, current_table
from .terms import wording

MOST_TERMS = 5
# Words of less than this part of the weightiest one's weight say nothing beside it.
LEAST_OF_TOP = 0.5
# A page is compared with so many before and after it, and with the lead.
NEAREST = 8
ALONE = Context(0, {})


@dataclass(frozen=True, slots=True)
class Term:
    """A term two pages share, by its form, and its weight."""

    form: str
    weight: float


@dataclass(frozen=True, slots=True)
class Tie:
    """What ties a page to another one of its story."""

    key: str
    other: str
    likelihood: float  # 0 to 1, that the two are one event, by themselves
    hours: float  # from the other to this one; negative if this one came first
    names: bool  # this one's drop names the other as related
    named: bool  # the other's drop names this one
    lists: int  # further ones that name both
    terms: tuple[Term, ...]  # weightiest first
    same_text: bool
    same_provider: bool
    merged: bool  # an editor laid down that the two are one story


@dataclass(frozen=True, slots=True)
class Membership:
    """A page's place in its story; the lead has no tie and no path."""

    key: str
    tie: Tie | None
    path: tuple[str, ...]  # from the page, through its tie, to the lead


def explain(
    pages: Iterable[ClusterPage],
    lead: str,
    lists: Iterable[RelatedList] = (),
    merged: Collection[frozenset[str]] = (),
    *,
    table: TermTable | None = None,
) -> tuple[Membership, ...]:
    """The membership of each of these pages of a story, the lead first.

    `lists` say who names whom, `merged` which pairs an editor joined. The number of
    pairs that are compared grows with the pages, and not with their square.
    """
    held = sorted(pages, key=lambda page: (page.hours, page.key))
    if len(held) == 1:
        return tuple(Membership(page.key, None, ()) for page in held)
    story = _Story(held, lead, merged, table or current_table())
    naming: defaultdict[str, set[str]] = defaultdict(set)
    for one in lists:
        for key in (one.owner, *one.named):
            naming[key].add(one.owner)
    parents = dict(story.tree())
    found = []
    for key, parent in parents.items():
        path = [key]
        while path[-1] != lead:
            path.append(parents[path[-1]])
        tied = None if key == lead else story.tie(key, parent, naming)
        found.append(Membership(key, tied, tuple(path) if key != lead else ()))
    return tuple(found)


class _Story:
    """The pages of a story, earliest first, each weighed by itself."""

    def __init__(
        self,
        pages: Sequence[ClusterPage],
        lead: str,
        merged: Collection[frozenset[str]],
        table: TermTable,
    ) -> None:
        self._lead, self._merged = lead, merged
        self._profiles = {
            page.key: profile(page, wording(page.title, page.excerpt), ALONE, table)
            for page in pages
        }
        self._partners: defaultdict[str, set[str]] = defaultdict(set)
        keys = list(self._profiles)
        near = (
            (key, other)
            for place, key in enumerate(keys)
            for other in (lead, *keys[place + 1 : place + 1 + NEAREST])
        )
        joined = (tuple(ends) for ends in merged if ends <= self._profiles.keys())
        for one, other in chain(near, joined):
            if one != other:
                self._partners[one].add(other)
                self._partners[other].add(one)

    def tree(self) -> Iterator[tuple[str, str]]:
        """(page, page it hangs on), from the lead outwards by Prim's rule."""
        waiting = [(0, self._lead, self._lead)]
        reached: set[str] = set()
        while waiting:
            _, key, parent = heapq.heappop(waiting)
            if key in reached:
                continue
            reached.add(key)
            yield key, parent
            for other in self._partners[key] - reached:
                heapq.heappush(waiting, (-self._weight(key, other), other, key))

    def _weight(self, one: str, other: str) -> int:
        if frozenset((one, other)) in self._merged:
            return WHOLE
        return likelihood(likeness(self._profiles[one], self._profiles[other]))

    def tie(self, key: str, other: str, naming: Mapping[str, set[str]]) -> Tie:
        """What ties a page to another; `naming` has the owners of lists by page."""
        one, two = self._profiles[key], self._profiles[other]
        both = naming[key] & naming[other]
        return Tie(
            key=key,
            other=other,
            likelihood=likelihood(likeness(one, two)) / WHOLE,
            hours=one.page.hours - two.page.hours,
            names=key in both,
            named=other in both,
            lists=len(both - {key, other}),
            terms=_telling(one, two),
            same_text=same_text(one.page, two.page),
            same_provider=one.page.provider == two.page.provider != "",
            merged=frozenset((key, other)) in self._merged,
        )


def _telling(one: Profile, two: Profile) -> tuple[Term, ...]:
    """The weightiest words that both use."""
    weighed = dict(shared_terms(one, two))
    first = first_words(list(weighed), MOST_TERMS)
    least = LEAST_OF_TOP * weighed[first[0]] if first else 0.0
    return tuple(Term(form, weighed[form]) for form in first if weighed[form] >= least)
