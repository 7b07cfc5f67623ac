"""The panel above a list: its filters, what is selected, and what to remove."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from articles.filters import Condition, NewsFilter, query
from articles.filters.table import FACETS, TOPIC, WORDS
from articles.rules.phrasing import counted, series
from articles.selectors.facets import SAMPLE, Facets, facets, left_over, topic_facet
from articles.selectors.feed import COUNTED

from .controls import Control, field_controls, name_controls

NOT_COUNTED = Facets({}, sampled=False)


@dataclass(frozen=True, slots=True)
class Chip:
    """One condition in force, and the address of the list without it."""

    label: str
    without: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A filter to remove where nothing matches, and what there would be then.

    One story more than `counted_to` stands for more than these. Where it was
    `sampled`, there are at least so many.
    """

    label: str
    without: str
    stories: int
    sampled: bool
    counted_to: int = COUNTED

    @property
    def left(self) -> str:
        """What there would be, in words: "12 stories", "1,000+ stories"."""
        if not self.stories:
            return "none of the newest" if self.sampled else "still no matches"
        some = min(self.stories, self.counted_to)
        more = self.sampled or self.stories > some
        return counted(f"{some:,}{'+' if more else ''}", "story")


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
    opened: str  # the address at which it is open
    held: tuple[Condition, ...]  # what is asked besides the words
    counted_of: int  # so many pages, the newest; 0: all


def panel(
    asked: NewsFilter,
    *,
    path: str,
    sort: str,
    wanted: bool = False,
    nothing: bool = False,
) -> Panel:
    """The panel of a list at `path`, which leaves `nothing` or something.

    It stands open where it is `wanted`, and only then are its options counted, in two
    queries at most. Another finds what to remove where nothing matches.
    """
    is_open = wanted or bool(asked.problems)
    found = _facets(asked) if is_open else NOT_COUNTED
    chosen = asked.chosen
    here = _Here(path, sort, asked.conditions)
    return Panel(
        path=path,
        sort=sort,
        words=asked.words,
        names=name_controls(chosen, found.by_name) if is_open else (),
        fields=field_controls(chosen, found.by_name) if is_open else (),
        problems=tuple(map(str, asked.problems)),
        chips=tuple(
            Chip(condition.label, here.without(condition))
            for condition in asked.conditions
        ),
        clear=here.cleared,
        offers=_offers(asked, here) if nothing and not asked.problems else (),
        phrase=asked.phrase,
        query=query(asked.conditions),
        sorted_query=query(asked.conditions, sort=sort),
        is_open=is_open,
        opened=here.opened,
        held=tuple(one for one in asked.conditions if one.name != WORDS),
        counted_of=SAMPLE if found.sampled else 0,
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
    def opened(self) -> str:
        asked = query(self.conditions, sort=self.sort)
        return f"{self.path}{asked}{'&' if asked else '?'}filter=1"

    @property
    def cleared(self) -> str:
        filters = [one for one in self.conditions if one.name != WORDS]
        return self.without(*filters) if filters else ""


def _facets(asked: NewsFilter) -> Facets:
    """The options of all facets; those of topics from what is kept, where that is all.

    Then a topic has as many stories here as on its page.
    """
    kept = {TOPIC: topic_facet()} if asked.asks_at_most_for(TOPIC) else {}
    counts = {name: count for name, count in FACETS.items() if name not in kept}
    without = {
        name: asked.sample(most=SAMPLE, but=(name,))
        for name in counts
        if name in asked.chosen
    }
    return facets(asked.sample(most=SAMPLE), without, counts=counts).with_kept(kept)


def _offers(asked: NewsFilter, here: _Here) -> tuple[Offer, ...]:
    """What there would be without each of the conditions, the most first."""
    # Without its words a search is none; a list is.
    offered = [name for name in asked.chosen if name != WORDS or not asked.alone]
    if not offered:
        return ()
    samples = {name: asked.sample(most=SAMPLE, but=(name,)) for name in offered}
    found = left_over(samples, most=COUNTED)
    offers = [
        Offer(
            label=series(
                (one.label for one in asked.conditions if one.name == name), "or"
            ),
            without=here.without_any(name),
            stories=stories,
            sampled=sampled,
        )
        for name, (stories, sampled) in found.items()
    ]
    return tuple(sorted(offers, key=lambda offer: -offer.stories))
