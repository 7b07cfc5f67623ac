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

# Asked with every list, in plain SQL: see `models.sql`.
_CARDS = """
    SELECT story.id, story.latest_at,
        rendered.made_by, rendered.shape, rendered.card
    FROM articles_story story
    LEFT JOIN articles_renderedstory rendered ON rendered.story_id = story.id
    WHERE story.lead_id IS NOT NULL AND story.id IN ({})
"""


@dataclass(frozen=True)
class ListedCard:
    """A listed story as a card: its HTML, and what it was made from."""

    latest_at: datetime
    html: SafeString
    values: str  # the shape in JSON

    @cached_property
    def glance(self) -> Glance:
        return glance_at(self.values)

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


def listed_cards(stories: Sequence[int]) -> list[ListedCard]:
    """The cards of listed stories by pk, in their order; one query.

    Those that wait to be rendered again are rendered now, with a few queries more.
    """
    found: dict[int, ListedCard] = {}
    if not stories:
        return []
    current = today()
    held = rows(_CARDS.format(places(len(stories))), stories)
    for pk, latest_at, made_by, shape, card in held:
        if made_by == current:
            found[pk] = ListedCard(aware(latest_at), ready(card), shape)
    missing = set(stories) - found.keys()
    if missing:
        found |= _rendered_now(missing)
    return [found[pk] for pk in stories if pk in found]


def _rendered_now(stories: Collection[int]) -> dict[int, ListedCard]:
    found = {}
    listed = Story.objects.listed().filter(pk__in=stories)
    for one in render_stories(list(listed), bodies=False):
        story = one.story
        assert story.latest_at is not None
        found[story.pk] = ListedCard(story.latest_at, ready(one.card), one.shape)
    return found


def by_days(cards: Iterable[ListedCard]) -> tuple[CardDay, ...]:
    """Cut cards, newest coverage first, into days of the site's time zone."""
    days: dict[date, list[ListedCard]] = defaultdict(list)
    for card in cards:
        days[timezone.localdate(card.latest_at)].append(card)
    return tuple(CardDay(day, tuple(of_day)) for day, of_day in days.items())
