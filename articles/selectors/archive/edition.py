"""The edition of a day: the stories that began on it, the best first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef

from articles.models import Day, Page, Story, StoryTopic, Topic
from articles.models.sql import Prepared, given
from articles.models.story import StoryQuerySet
from articles.selectors.cards import CardDay, CardList, ListedCard, listed_cards
from articles.selectors.cursor import Keyset
from articles.settle.counts import publishers_by_day

from .days import Nearest, nearest

EDITION_SIZE = 60  # more than nearly every day has, so that it prints as one

_BEST = Keyset(("weight", "public_id"), (float, str))
_OF_DAY = Prepared(
    lambda: Day.objects.filter(first_on=given("day")).values_list(
        "story_count", "provider_count", "page_count"
    )
)


@dataclass(frozen=True, slots=True)
class Figures:
    """What an edition holds, whatever part of it is shown."""

    stories: int
    publishers: int  # of visible pages of these stories
    pages: int


@dataclass(frozen=True, slots=True)
class Edition:
    """A part of a day's stories, and how many there are of them in all."""

    day: date
    stories: CardList
    figures: Figures

    @property
    def lead(self) -> ListedCard | None:
        """The best story of the day; None on what follows the first part."""
        return next(iter(self.stories.cards), None) if self.stories.is_first else None

    @property
    def rest(self) -> tuple[ListedCard, ...]:
        return self.stories.cards[1:] if self.lead else self.stories.cards


@dataclass(frozen=True, slots=True)
class EditionPage:
    """An edition, and the days that have the editions next to it."""

    edition: Edition
    nearest: Nearest


def edition_page(day: date, *, before: str | None = None) -> EditionPage | None:
    """The page of a day; None where no story began on it. Raises InvalidCursor."""
    found = edition(day, before=before)
    return None if found is None else EditionPage(found, nearest(day, day))


def edition(
    day: date,
    *,
    topic: Topic | None = None,
    before: str | None = None,
    size: int = EDITION_SIZE,
) -> Edition | None:
    """Up to `size` stories that began on a day, after the cursor `before`.

    Only those with the topic where one is given, which are counted; None where there
    are none. Four queries; raises InvalidCursor.
    """
    stories = Story.objects.listed().filter(first_on=day)
    if topic is not None:
        # Asked of each story, so that the order still comes from the index of days.
        labels = StoryTopic.objects.filter(story=OuterRef("pk"), topic=topic)
        stories = stories.filter(Exists(labels))
    figures = _kept(day) if topic is None else _counted(stories)
    if not figures.stories:
        return None
    places = stories.values_list(*_BEST.fields, "pk", named=True)
    shown, going_on = _BEST.page(places, size=size, before=before)
    cards = tuple(listed_cards([place.pk for place in shown]))
    days = (CardDay(None, cards),) if cards else ()
    return Edition(day, CardList(days, going_on, is_first=not before), figures)


def _kept(day: date) -> Figures:
    """What is kept of a day; its publishers are counted while they are not kept."""
    kept = _OF_DAY.row(day=day)
    if kept is None:
        return Figures(0, 0, 0)
    stories, publishers, pages = kept
    if publishers is None:
        publishers = publishers_by_day([day]).get(day, 0)
    return Figures(stories, publishers, pages)


def _counted(stories: StoryQuerySet) -> Figures:
    """Counted from the visible pages of the stories: each has at least its lead."""
    pages = Page.objects.visible().filter(story__in=stories.values("pk"))
    found = pages.aggregate(
        stories=Count("story", distinct=True),
        publishers=Count("provider", distinct=True),
        pages=Count("pk"),
    )
    return Figures(**found)
