"""A page of a list of stories, of all or of those that it is narrowed to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import Max, QuerySet

from articles.models import Story, Totals
from articles.models.sql import Rows, rows
from articles.models.story import StoryQuerySet

from .cards import CardDay, CardList, by_days, listed_cards
from .cursor import Paged, decode, encode
from .lists import LISTS, StoryList

PAGE_SIZE = 30
COUNTED = 1000
LOOKED_AT = 2000  # of narrowed lists so much is looked at for a page


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What a list is narrowed to: a question asked of each story, and ways in.

    Asked along the order of the list it is quick where much is found; each way in is
    quick where it leads to little. It has keys of stories, all that are asked for and
    others, some of them more than once.
    """

    stories: StoryQuerySet
    ways_in: tuple[QuerySet[Any, Any], ...]
    led_to: StoryQuerySet  # the same question, of stories that a way in leads to
    newest: QuerySet[Any, Any] | None = None  # by days alone: keys, the newest first
    total: int | None = None  # how many stories there are, where that is kept


@dataclass(frozen=True, slots=True)
class FeedPage:
    """The list of stories in one order, with what the head of the page says."""

    stories: CardList
    story_total: str  # "2,677"; of a narrowed list, "1,000+": how many it holds
    newest_at: datetime | None  # newest coverage of any listed story

    @property
    def span(self) -> tuple[datetime, datetime] | None:
        """The newest coverage of the stories shown, from the oldest to the latest."""
        moments = [card.latest_at for card in self.stories.cards]
        return (min(moments), max(moments)) if moments else None


def feed_page(
    *,
    order: str = "top",
    before: str | None = None,
    narrowed: Narrowed | None = None,
) -> FeedPage:
    """One page of a list, of all stories or of those it is narrowed to.

    `order` is the name of the list. Raises InvalidCursor.
    """
    listing = LISTS[order]
    held, newest_at = Totals.read()
    if narrowed is None:
        total = f"{held:,}"
        if listing.only:
            total = counted(Story.objects.listed().filter(listing.only))
        found = _whole_list(listing, before=before), total
    else:
        cards, total = narrowed_list(narrowed, listing, before=before)
        kept = narrowed.total
        found = cards, total if kept is None else f"{kept:,}"
    return FeedPage(*found, newest_at=newest_at)


def narrowed_list(
    narrowed: Narrowed, listing: StoryList, *, before: str | None = None
) -> tuple[CardList, str]:
    """A page of cards of a narrowed list, and how many the list holds in all.

    Of few stories the places are read and sorted here: walking along the order would
    pass nearly all others to find them. Of many the walk ends after so many of the
    others, and the page is short. Raises InvalidCursor.
    """
    keyset = listing.keyset
    keys, is_all = _fewest(narrowed.ways_in)
    if not is_all:
        total = counted(narrowed.led_to.filter(pk__in=keys[:COUNTED]))
        walked = _walked(narrowed, listing, before=before)
        return walked, f"{total.rstrip('+')}+"
    found = narrowed.led_to.filter(pk__in=keys)
    places = list(found.values_list(*keyset.fields, "pk")[: COUNTED + 1])
    if len(places) > COUNTED:
        walked = _walked(narrowed, listing, before=before)
        return walked, f"{COUNTED:,}+"
    shown, going_on = keyset.cut(places, size=PAGE_SIZE, before=before)
    stories = [pk for *_, pk in shown]
    return _cards(stories, listing, going_on, before), f"{len(places):,}"


def _whole_list(listing: StoryList, *, before: str | None) -> CardList:
    """A page of cards of all stories that a list holds; raises InvalidCursor."""
    shown, going_on = _paged(listing).page(before)
    return _cards([pk for *_, pk in shown], listing, going_on, before)


def first_places(listing: StoryList) -> tuple[Rows, str | None]:
    """Where the first stories of a list stand, with their pks; the cursor to go on."""
    return _paged(listing).page(None)


@cache
def _paged(listing: StoryList) -> Paged:
    return Paged(
        listing.keyset,
        lambda: (
            Story.objects.listed()
            .filter(listing.only)
            .values_list(*listing.keyset.fields, "pk")
        ),
        size=PAGE_SIZE,
    )


def counted(found: Any, *, most: int = COUNTED) -> str:
    """How many rows in words; past `most` it stops counting: "1,000+"."""
    number = found.order_by()[: most + 1].count()
    return f"{most:,}+" if number > most else f"{number:,}"


def _fewest(ways: Sequence[QuerySet[Any, Any]]) -> tuple[QuerySet[Any, Any], bool]:
    """The way in that leads to the least, and whether it is looked at as a whole."""
    try:
        questions = [
            way.values("pk")[: LOOKED_AT + 1].query.sql_with_params() for way in ways
        ]
    except EmptyResultSet:
        return Story.objects.none(), True
    sizes = rows(
        " UNION ALL ".join(f"SELECT COUNT(*) FROM ({sql}) way" for sql, _ in questions),
        [value for _, params in questions for value in params],
    )
    size, place = min((held, place) for place, (held,) in enumerate(sizes))
    return ways[place][:LOOKED_AT], size <= LOOKED_AT


def _walked(narrowed: Narrowed, listing: StoryList, *, before: str | None) -> CardList:
    """A page of cards of those that some of all stories are, looked for in turn.

    Where none is near, it goes on where the newest of the days asked for stands.
    """
    keyset = listing.keyset
    look = partial(
        keyset.part,
        narrowed.stories.values_list(*keyset.fields, "pk", named=True),
        along=Story.objects.listed(),
        size=PAGE_SIZE,
        most=LOOKED_AT,
    )
    shown, going_on = look(before=before)
    if going_on and not shown and listing.highest and narrowed.newest is not None:
        found = Story.objects.listed().filter(pk__in=narrowed.newest[:LOOKED_AT])
        newest = found.aggregate(at=Max("latest_at"))["at"]
        # Once, and once more where another part of the list begins: see `highest`.
        while newest and going_on and not shown:
            behind = decode(going_on, *keyset.kinds)
            place = listing.highest(behind, newest)
            if place >= behind:
                break
            shown, going_on = look(before=encode(*place))
    return _cards([place.pk for place in shown], listing, going_on, before)


def _cards(
    stories: Sequence[int],
    listing: StoryList,
    going_on: str | None,
    before: str | None,
) -> CardList:
    cards = listed_cards(stories, dense_from=0 if listing.in_days else None)
    days = by_days(cards) if listing.in_days else (CardDay(None, tuple(cards)),)
    is_short = going_on is not None and len(stories) < PAGE_SIZE
    return CardList(days if cards else (), going_on, not before, is_short)
