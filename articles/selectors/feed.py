"""The lists of stories: top, latest, most covered, and those of a topic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import Q

from articles.models import Story, Totals
from articles.models.page import PageQuerySet
from articles.models.story import StoryQuerySet

from .cards import CardDay, CardList, by_days, listed_cards
from .cursor import Keyset, Paged

PAGE_SIZE = 30
COUNTED = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryList:
    """A list of stories in one order: its page, its feeds, its link to them."""

    name: str
    route: str  # what its address is called in urls.py and templates
    path: str
    title: str
    order: str  # in words: "newest coverage first"
    keyset: Keyset
    only: Q = Q()  # which stories it holds, as a condition on `Story`; empty: all
    in_days: bool = False  # cut into days, rather than laid out as a front page


# The addresses, pages, feeds and links of the lists are made from these entries.
LISTS = {
    entry.name: entry
    for entry in (
        StoryList(
            name="top",
            route="feed",
            path="",
            title="Top stories",
            order="by weight, coverage and age",
            keyset=Keyset(("pinned", "score", "public_id"), (int, float, str)),
        ),
        StoryList(
            name="latest",
            route="latest",
            path="latest/",
            title="Latest",
            order="newest coverage first",
            keyset=Keyset(("latest_at", "public_id"), (datetime, str)),
            in_days=True,
        ),
        StoryList(
            name="covered",
            route="covered",
            path="covered/",
            title="Most covered",
            order="most publishers first",
            keyset=Keyset(
                ("provider_count", "latest_at", "public_id"), (int, datetime, str)
            ),
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What a list is narrowed to, in two shapes of the same.

    `pages` is the way in from what is asked for, and quick where little is found;
    `stories` is asked along the order of the list, and quick where much is.
    """

    pages: PageQuerySet  # visible; the list holds their stories
    stories: StoryQuerySet


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
        found = narrowed_list(narrowed, listing, before=before)
    return FeedPage(*found, newest_at=newest_at)


def narrowed_list(
    narrowed: Narrowed, listing: StoryList, *, before: str | None = None
) -> tuple[CardList, str]:
    """A page of cards of a narrowed list, and how many the list holds in all.

    Of few stories the places are read and sorted here: walking along the order would
    pass nearly all others to find them. Raises InvalidCursor.
    """
    keyset = listing.keyset
    places = _places(narrowed.pages, keyset)
    if len(places) > COUNTED:
        return card_list(narrowed.stories, listing, before=before), f"{COUNTED:,}+"
    shown, going_on = keyset.cut(places, size=PAGE_SIZE, before=before)
    stories = [pk for *_, pk in shown]
    return _cards(stories, listing, going_on, before), f"{len(places):,}"


def card_list(
    stories: StoryQuerySet, listing: StoryList, *, before: str | None = None
) -> CardList:
    """A page of cards in an order, going on after the cursor `before`.

    Two queries however long the page; raises InvalidCursor.
    """
    keyset = listing.keyset
    places = stories.values_list(*keyset.fields, "pk", named=True)
    shown, going_on = keyset.page(places, size=PAGE_SIZE, before=before)
    return _cards([place.pk for place in shown], listing, going_on, before)


def _whole_list(listing: StoryList, *, before: str | None) -> CardList:
    """The same of all stories that a list holds."""
    shown, going_on = _paged(listing).page(before)
    return _cards([pk for *_, pk in shown], listing, going_on, before)


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


def counted(rows: Any, *, most: int = COUNTED) -> str:
    """How many rows in words; past `most` it stops counting: "1,000+"."""
    found = rows.order_by()[: most + 1].count()
    return f"{most:,}+" if found > most else f"{found:,}"


def _places(pages: PageQuerySet, keyset: Keyset) -> list[tuple[Any, ...]]:
    """Sort values and key of the pages' listed stories; no more than are counted."""
    fields = [f"story__{field}" for field in keyset.fields]
    rows = pages.filter(story__lead__isnull=False).order_by()
    return list(rows.values_list(*fields, "story").distinct()[: COUNTED + 1])


def _cards(
    stories: Sequence[int],
    listing: StoryList,
    going_on: str | None,
    before: str | None,
) -> CardList:
    cards = listed_cards(stories)
    days = by_days(cards) if listing.in_days else (CardDay(None, tuple(cards)),)
    return CardList(days if cards else (), going_on, is_first=not before)
