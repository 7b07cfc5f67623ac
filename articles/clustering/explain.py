"""Why each page is in its story, as records that pages and commands put in words.

The strongest ties from the lead outwards make a tree (each page hangs on the tie
that joins it at the greatest likelihood), so every page has one tie and one path to
the lead. Only pages that may be shown are looked at: no record names another.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from articles.rules.text.terms import first_words

from .comparisons import Comparisons
from .library import Library
from .likeness import WHOLE, likelihood, shared_terms
from .problem import ClusterPage, RelatedList
from .reprints import same_text

MOST_TERMS = 5
# Words of less than this part of the weightiest one's weight say nothing beside it.
LEAST_OF_TOP = 0.5


@dataclass(frozen=True, slots=True)
class Term:
    """A term two pages share, by its form, and its weight."""

    form: str
    weight: float  # idf x (1 - share among the pages listed with them)


@dataclass(frozen=True, slots=True)
class Tie:
    """What ties a page to another one of its story."""

    key: str
    other: str
    likelihood: float  # 0 to 1, that the two are one event
    hours: float  # from the other to this one; negative if this one came first
    names: bool  # this one's drop names the other as related
    named: bool  # the other's drop names this one
    named_together: tuple[str, ...]  # owners of further lists that name both
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
    story: Collection[str],
    lead: str,
    library: Library,
    lists: Iterable[RelatedList] = (),
    *,
    may_show: Callable[[str], bool] = lambda key: True,
) -> tuple[Membership, ...]:
    """The membership of every page of a story that may be shown, lead first.

    `lists` are the related lists of the story's pages: who names whom. Those of
    owners that may not be shown are passed over.
    """
    comparisons = Comparisons(library)
    comparisons.fetch(sorted(story))
    shown = {
        key for key in story if may_show(key) and comparisons.page(key) is not None
    }
    if lead not in shown:
        return ()
    merged = {
        frozenset((rule.a, rule.b))
        for rule in library.constraints(sorted(shown))
        if rule.kind == "merge"
    }
    naming: defaultdict[str, set[str]] = defaultdict(set)
    for one in lists:
        if may_show(one.owner):
            for key in (one.owner, *one.named):
                naming[key].add(one.owner)
    parents = dict(_tree(comparisons, shown, lead, merged))
    found = []
    for key, parent in parents.items():
        path = [key]
        while path[-1] != lead:
            path.append(parents[path[-1]])
        tied = None if key == lead else _tie(comparisons, key, parent, naming, merged)
        found.append(Membership(key, tied, tuple(path) if key != lead else ()))
    return tuple(found)


def _tree(
    comparisons: Comparisons,
    shown: Collection[str],
    lead: str,
    merged: Collection[frozenset[str]],
) -> Iterator[tuple[str, str]]:
    """(page, page it hangs on), from the lead outwards by Prim's rule."""
    waiting = [(0, lead, lead)]
    reached: set[str] = set()
    while len(reached) < len(shown):
        if not waiting:
            # Nothing shown leads there: say how it stands to the lead itself.
            waiting = [
                (-likelihood(comparisons.likeness(lead, key)), key, lead)
                for key in shown
                if key not in reached
            ]
            heapq.heapify(waiting)
        _, key, parent = heapq.heappop(waiting)
        if key in reached:
            continue
        reached.add(key)
        yield key, parent
        for other, weight in comparisons.compared_among(key, shown):
            if other not in reached:
                heapq.heappush(waiting, (-weight, other, key))
        for ends in merged:
            for other in ends - {key} if key in ends else ():
                if other in shown and other not in reached:
                    heapq.heappush(waiting, (-WHOLE, other, key))


def _tie(
    comparisons: Comparisons,
    key: str,
    other: str,
    naming: Mapping[str, set[str]],  # page -> owners of lists that name it
    merged: Collection[frozenset[str]],
) -> Tie:
    one, two = comparisons.profiles(key, other)
    weights = dict(comparisons.compared_among(key, (other,)))
    likely = weights.get(other, likelihood(comparisons.likeness(key, other)))
    both = naming[key] & naming[other]
    weighed = dict(shared_terms(one, two))
    telling = first_words(list(weighed), MOST_TERMS)
    least = LEAST_OF_TOP * weighed[telling[0]] if telling else 0.0
    return Tie(
        key=key,
        other=other,
        likelihood=likely / WHOLE,
        hours=one.page.hours - two.page.hours,
        names=key in both,
        named=other in both,
        named_together=tuple(sorted(both - {key, other})),
        terms=tuple(
            Term(form, weighed[form]) for form in telling if weighed[form] >= least
        ),
        same_text=same_text(one.page, two.page),
        same_provider=_one_provider(one.page, two.page),
        merged=frozenset((key, other)) in merged,
    )


def _one_provider(a: ClusterPage, b: ClusterPage) -> bool:
    return a.provider == b.provider != ""
