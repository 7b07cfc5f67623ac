"""Stories as lists show them: the cards that settling has made, cut into days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.utils import timezone
from django.utils.safestring import SafeString

from articles.models import Story
from articles.models.sql import aware, places, rows
from articles.rendering.cards import StoryCard
from articles.rendering.render import (
    Glance,
    glance_at,
    ready,
    render_stories,
    shape_of,
    today,
)

# Asked with every list, in plain SQL: see `models.sql`. Shapes are long, and the front
# page needs but the first.
_CARDS = """
    SELECT story.id, story.latest_at, rendered.made_by, rendered.glance, {html}, {shape}
    FROM articles_story story
    LEFT JOIN articles_renderedstory rendered ON rendered.story_id = story.id
    WHERE story.lead_id IS NOT NULL AND story.id IN ({stories})
"""
_FIRST = "CASE WHEN story.id = %s THEN rendered.shape ELSE '' END"


@dataclass(frozen=True)
class ListedCard:
    """A listed story as a card: its HTML, and what it was made from."""

    latest_at: datetime
    html: SafeString
    arranged_by: str  # the glance in JSON
    values: str  # the shape in JSON; "" where only the first of a list has its

    @cached_property
    def glance(self) -> Glance:
        return glance_at(self.arranged_by)

    @cached_property
    def shape(self) -> StoryCard:
        return shape_of(self.values)


@dataclass(frozen=True, slots=True)
class CardDay:
    """Cards under one day's heading; the day is None in lists not cut by days."""

    day: date | None
    cards: tuple[ListedCard, ...]


@dataclass(frozen=True, slots=True)
class CardList:
    """A finite list of cards and where it goes on; None is the end."""

    days: tuple[CardDay, ...]
    next_cursor: str | None
    is_first: bool  # no cursor was given: the newest end of the list
    is_short: bool = False  # it goes on, though fewer were found than a page holds

    @property
    def cards(self) -> tuple[ListedCard, ...]:
        return tuple(card for day in self.days for card in day.cards)

    @property
    def is_empty(self) -> bool:
        """Whether the whole list holds nothing."""
        return self.is_first and not self.days and not self.next_cursor


def listed_cards(
    stories: Sequence[int], *, dense_from: int | None = None, first_shape: bool = False
) -> list[ListedCard]:
    """The cards of listed stories by pk, in their order; one query.

    From a place on, the first is 0, they are those of dense lists. With `first_shape`
    only the first has its shape. Those that wait to be rendered again are rendered now,
    with a few queries more.
    """
    found: dict[int, ListedCard] = {}
    if not stories:
        return []
    current = today()
    dense = stories[len(stories) if dense_from is None else dense_from :]
    asked = _CARDS.format(
        html=_html(len(dense), of=len(stories)),
        shape=_FIRST if first_shape else "rendered.shape",
        stories=places(len(stories)),
    )
    some = dense if len(dense) < len(stories) else ()
    held = rows(asked, [*some, *stories[: int(first_shape)], *stories])
    for pk, latest_at, made_by, glance, html, shape in held:
        if made_by == current:
            found[pk] = ListedCard(aware(latest_at), ready(html), glance, shape)
    missing = set(stories) - found.keys()
    if missing:
        found |= _rendered_now(missing, dense=frozenset(dense))
    return [found[pk] for pk in stories if pk in found]


def _html(dense: int, *, of: int) -> str:
    """Which of the two forms is asked for, where so many of all are dense."""
    if dense in (0, of):
        return "rendered.dense" if dense else "rendered.card"
    chosen = f"story.id IN ({places(dense)})"
    return f"CASE WHEN {chosen} THEN rendered.dense ELSE rendered.card END"


def _rendered_now(
    stories: Collection[int], *, dense: Collection[int]
) -> dict[int, ListedCard]:
    found = {}
    listed = Story.objects.listed().filter(pk__in=stories)
    for one in render_stories(list(listed), bodies=False):
        story = one.story
        assert story.latest_at is not None
        html = ready(one.dense if story.pk in dense else one.card)
        found[story.pk] = ListedCard(story.latest_at, html, one.glance, one.shape)
    return found


def by_days(cards: Iterable[ListedCard]) -> tuple[CardDay, ...]:
    """Cut cards, newest coverage first, into days of the site's time zone."""
    days: dict[date, list[ListedCard]] = defaultdict(list)
    for card in cards:
        days[timezone.localdate(card.latest_at)].append(card)
    return tuple(CardDay(day, tuple(of_day)) for day, of_day in days.items())
