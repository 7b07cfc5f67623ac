"""The lists of stories: top, latest, most covered, and those of a topic."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef

from articles.models import Story
from articles.models.page import PageQuerySet
from articles.models.story import StoryQuerySet

from .cards import CardDay, CardList, by_days, story_cards
from .cursor import Keyset

PAGE_SIZE = 30
COUNTED = 1000


@dataclass(frozen=True, slots=True)
class Order:
    """One way to sort stories, and whether its list is cut into days."""

    name: str
    keyset: Keyset
    in_days: bool


ORDERS = {
    order.name: order
    for order in (
        Order(
            "top",
            Keyset(("pinned", "score", "public_id"), (int, float, str)),
            in_days=False,
        ),
        Order(
            "latest", Keyset(("latest_at", "public_id"), (datetime, str)), in_days=True
        ),
        Order(
            "covered",
            Keyset(("provider_count", "latest_at", "public_id"), (int, datetime, str)),
            in_days=False,
        ),
    )
}


@dataclass(frozen=True, slots=True)
class FeedPage:
    """The list of stories in one order, with what the head of the page says."""

    order: str  # "top", "latest" or "covered"
    stories: CardList
    story_total: str  # "38", "1,000+": how many stories readers can get
    newest_at: datetime | None  # newest coverage of any listed story


def feed_page(
    *,
    order: str = "top",
    before: str | None = None,
    holding: PageQuerySet | None = None,
) -> FeedPage:
    """One page of the feed, of stories with one of the visible pages `holding`.

    Raises InvalidCursor.
    """
    listed = Story.objects.listed()
    if holding is not None:
        listed = listed.filter(Exists(holding.filter(story=OuterRef("pk"))))
    newest = listed.order_by("-latest_at", "-public_id").values_list(
        "latest_at", flat=True
    )
    return FeedPage(
        order=order,
        stories=card_list(listed, ORDERS[order], before=before),
        story_total=counted(listed),
        newest_at=newest.first(),
    )


def card_list(
    stories: StoryQuerySet, order: Order, *, before: str | None = None
) -> CardList:
    """A page of cards in an order, going on after the cursor `before`.

    Three queries however long the page; raises InvalidCursor.
    """
    shown, going_on = order.keyset.page(stories, size=PAGE_SIZE, before=before)
    cards = story_cards(shown)
    days = by_days(cards) if order.in_days else (CardDay(None, tuple(cards)),)
    return CardList(days if cards else (), going_on, is_first=not before)


def counted(rows: Any, *, most: int = COUNTED) -> str:
    """How many rows in words; past `most` it stops counting: "1,000+"."""
    found = rows.order_by()[: most + 1].count()
    return f"{most:,}+" if found > most else f"{found:,}"
