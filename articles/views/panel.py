"""The panel above a list: what narrows it, what is in force, and what to take off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from articles.filters import Condition, NewsFilter, query
from articles.filters.conditions import sentence
from articles.filters.limits import PUBLISHERS, TYPES
from articles.models.page import PageQuerySet
from articles.selectors.facets import FACETS, Facets, facets, left_over
from articles.selectors.feed import COUNTED

from .choices import Choices, given_choices, named_choices

PUBLISHERS_AT_MOST = 40  # all the others are in the index of publishers
# What a query begins with where it is asked for, since few pages may meet it.
WAYS_IN = {"q", "topic", "provider", "coverage"}


@dataclass(frozen=True, slots=True)
class Chip:
    """One condition in force, and the address of the list without it."""

    label: str
    without: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A filter to take off where nothing is left, and what there would be then.

    Of `stories` one more than COUNTED stands for more than these.
    """

    label: str
    without: str
    stories: int


@dataclass(frozen=True, slots=True)
class Panel:
    """All that the form above a list shows and says."""

    path: str
    sort: str
    words: str
    since: str
    until: str
    min_quality: str
    topics: Choices
    providers: Choices
    types: Choices
    pictured: Choices
    coverage: Choices
    problems: tuple[str, ...]
    chips: tuple[Chip, ...]
    clear: str  # the address with words and sort alone; "" if it is the present one
    offers: tuple[Offer, ...]
    phrase: str  # "on Computer Vision, from BBC"
    query: str  # what is asked for, in one spelling; "" for nothing
    sorted_query: str  # the same, and how it is sorted
    is_open: bool


def panel(asked: NewsFilter, *, path: str, sort: str, wanted: bool = False) -> Panel:
    """The panel of a list at `path`; it stands open where it is `wanted`.

    One query, and a second where nothing is left.
    """
    found = _facets(asked)
    chosen, facet = asked.chosen, found.by_name
    here = _Here(path, sort, asked.conditions)
    nothing = not found.stories and bool(chosen) and not asked.problems
    return Panel(
        path=path,
        sort=sort,
        words=asked.words,
        since=_iso(chosen.get("since")),
        until=_iso(chosen.get("until")),
        min_quality=str(chosen.get("min_quality", "")),
        topics=named_choices(facet["topic"], chosen.get("topic", ())),
        providers=named_choices(
            facet["provider"], chosen.get("provider", ()), most=PUBLISHERS_AT_MOST
        ),
        types=given_choices(facet["type"], TYPES, chosen.get("type")),
        pictured=given_choices(facet["has_image"], ("1",), chosen.get("has_image")),
        coverage=given_choices(facet["coverage"], PUBLISHERS, chosen.get("coverage")),
        problems=tuple(map(str, asked.problems)),
        chips=tuple(
            Chip(condition.label, here.without(condition))
            for condition in asked.conditions
        ),
        clear=here.cleared,
        offers=_offers(asked, here) if nothing else (),
        phrase=asked.phrase,
        query=query(asked.conditions),
        sorted_query=query(asked.conditions, sort=sort),
        is_open=wanted or bool(asked.problems),
    )


@dataclass(frozen=True, slots=True)
class _Here:
    """A list in its present state, and the way to states with less in force."""

    path: str
    sort: str
    conditions: Sequence[Condition]

    def without(self, *conditions: Condition) -> str:
        left = [held for held in self.conditions if held not in conditions]
        return self.path + query(left, sort=self.sort)

    def without_any(self, name: str) -> str:
        return self.without(*(held for held in self.conditions if held.name == name))

    @property
    def cleared(self) -> str:
        filters = [held for held in self.conditions if held.name != "q"]
        return self.without(*filters) if filters else ""


def _facets(asked: NewsFilter) -> Facets:
    without = {name: _base(asked, name) for name in FACETS if name in asked.chosen}
    return facets(
        _base(asked), without, steps=PUBLISHERS, with_words=asked.with_words()
    )


def _base(asked: NewsFilter, *but: str) -> PageQuerySet:
    """Pages to count, the newest first where that needs no sorting.

    Words, topics, publishers and coverage have indexes of their own to begin with.
    """
    pages = asked.beginnings(but=but)
    if asked.chosen.keys() & WAYS_IN - {*but}:
        return pages
    return pages.order_by("-published_at", "-public_id")


def _offers(asked: NewsFilter, here: _Here) -> tuple[Offer, ...]:
    """What there would be without each of the conditions, the most first."""
    # Without its words a search is none; a list is.
    offered = [name for name in asked.chosen if name != "q" or not asked.alone]
    if not offered:
        return ()
    bases = {name: _base(asked, name) for name in offered}
    found = left_over(bases, most=COUNTED)
    offers = [
        Offer(
            label=sentence(
                held.label for held in asked.conditions if held.name == name
            ),
            without=here.without_any(name),
            stories=stories,
        )
        for name, stories in found.items()
    ]
    return tuple(sorted(offers, key=lambda offer: -offer.stories))


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
