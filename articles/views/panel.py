"""The panel above a list: what narrows it, what is in force, and what to take off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from articles.filters import Condition, NewsFilter, query
from articles.filters.table import FACETS, FILTERS, WORDS
from articles.models.page import PageQuerySet
from articles.rules.phrasing import series
from articles.selectors.facets import Facets, facets, left_over
from articles.selectors.feed import COUNTED

from .controls import Control, field_controls, name_controls

# What a query begins with where it is asked for, since few pages may meet it.
_WITH_INDEX = {entry.name for entry in FILTERS if entry.has_index}


@dataclass(frozen=True, slots=True)
class Chip:
    """One condition in force, and the address of the list without it."""

    label: str
    without: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A filter to take off where nothing is left, and what there would be then.

    One story more than `counted_to` stands for more than these.
    """

    label: str
    without: str
    stories: int
    counted_to: int = COUNTED


@dataclass(frozen=True, slots=True)
class Panel:
    """All that the form above a list shows and says."""

    path: str
    sort: str
    words: str
    names: tuple[Control, ...]
    fields: tuple[Control, ...]
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
    chosen = asked.chosen
    here = _Here(path, sort, asked.conditions)
    nothing = not found.stories and bool(chosen) and not asked.problems
    return Panel(
        path=path,
        sort=sort,
        words=asked.words,
        names=name_controls(chosen, found.by_name),
        fields=field_controls(chosen, found.by_name),
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
        left = [one for one in self.conditions if one not in conditions]
        return self.path + query(left, sort=self.sort)

    def without_any(self, name: str) -> str:
        return self.without(*(one for one in self.conditions if one.name == name))

    @property
    def cleared(self) -> str:
        filters = [one for one in self.conditions if one.name != WORDS]
        return self.without(*filters) if filters else ""


def _facets(asked: NewsFilter) -> Facets:
    without = {name: _base(asked, name) for name in FACETS if name in asked.chosen}
    return facets(_base(asked), without, counts=FACETS, with_words=asked.with_words())


def _base(asked: NewsFilter, *but: str) -> PageQuerySet:
    """Pages to count, the newest first where that needs no sorting."""
    pages = asked.beginnings(but=but)
    if asked.chosen.keys() & _WITH_INDEX - {*but}:
        return pages
    return pages.order_by("-published_at", "-public_id")


def _offers(asked: NewsFilter, here: _Here) -> tuple[Offer, ...]:
    """What there would be without each of the conditions, the most first."""
    # Without its words a search is none; a list is.
    offered = [name for name in asked.chosen if name != WORDS or not asked.alone]
    if not offered:
        return ()
    bases = {name: _base(asked, name) for name in offered}
    found = left_over(bases, most=COUNTED)
    offers = [
        Offer(
            label=series(
                (one.label for one in asked.conditions if one.name == name), "or"
            ),
            without=here.without_any(name),
            stories=stories,
        )
        for name, stories in found.items()
    ]
    return tuple(sorted(offers, key=lambda offer: -offer.stories))
