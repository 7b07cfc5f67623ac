"""The front page: what several publishers report, and beside it what one does."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.utils import timezone

from articles.models import Totals
from articles.models.sql import aware, rows
from articles.rendering.summaries import TopicName
from articles.rules.score import Tier

from .cards import ListedCard, listed_cards
from .cursor import encode
from .feed import first_places
from .lists import LISTS

TOP = 13  # stories before the sections: the lead, and columns of equal length
LED = 3  # of these by one publisher
SECTION = 3  # stories that make a topic a section
RIVER = 24  # lines of what one publisher each reports
COLUMN = 8  # from so many lines on they stand beside the stories
OF_ONE = 3  # of these by one publisher; the rest is folded
REACH = timedelta(days=14)
LOOKED_AT = 120  # newest stories, in search of those lines

# Asked with every front page, in plain SQL: see `models.sql`.
_ALONE = """
    SELECT story.tier, story.id, story.latest_at, story.public_id,
        provider.domain, provider.name
    FROM (
        SELECT id, lead_id, latest_at, public_id, tier FROM articles_story
        WHERE lead_id IS NOT NULL ORDER BY latest_at DESC, public_id DESC LIMIT %s
    ) story
    JOIN articles_page page ON page.id = story.lead_id
    JOIN articles_provider provider ON provider.id = page.provider_id
"""


@dataclass(frozen=True, slots=True)
class Folded:
    """What else a publisher reports alone: how many stories, or more, since a day."""

    domain: str
    name: str
    number: int
    or_more: bool  # not all since that day were looked at
    since: date


@dataclass(frozen=True, slots=True)
class RiverDay:
    """Lines under one day."""

    day: date
    lines: tuple[ListedCard | Folded, ...]


class _Alone(NamedTuple):
    """A story that one publisher reports."""

    pk: int
    at: datetime
    id: str
    domain: str
    name: str


@dataclass(frozen=True, slots=True)
class Section:
    """Stories under one topic; without one, those of no section."""

    topic: TopicName | None
    cards: tuple[ListedCard, ...]


@dataclass(frozen=True, slots=True)
class FrontPage:
    """The first page of the top stories, in parts."""

    lead: ListedCard | None
    stories: tuple[ListedCard, ...]
    sections: tuple[Section, ...]
    river: tuple[RiverDay, ...]
    next_cursor: str | None
    story_total: int
    newest_at: datetime | None  # newest coverage of any listed story

    @property
    def has_column(self) -> bool:
        """Whether there are single reports enough for a column of their own."""
        return sum(len(day.lines) for day in self.river) >= COLUMN


def front_page() -> FrontPage:
    """The top stories of several publishers, and the newest of one; four queries.

    Without any such story the first of the others leads.
    """
    story_total, newest_at = Totals.read()
    places, going_on = first_places(LISTS["top"])
    several = [place for place in places if place[0] > Tier.ALONE] or places[:1]
    led = [pk for *_, pk in several]
    alone, or_more = _alone(frozenset(led))
    lines = _first_of_each(alone)
    shown = [*led, *(one.pk for one in lines)]
    cards = listed_cards(shown, dense_from=len(led), first_shape=True)
    varied = _varied(cards[: len(led)])
    if len(several) < len(places):
        is_whole = len(cards) == story_total
        going_on = None if is_whole else encode(*several[-1][:-1])
    return FrontPage(
        lead=varied[0] if varied else None,
        stories=tuple(varied[1:TOP]),
        sections=_sections(varied[TOP:], cards[: len(led)]),
        river=_river(alone, lines, cards[len(led) :], or_more=or_more),
        next_cursor=going_on,
        story_total=story_total,
        newest_at=newest_at,
    )


def _varied(cards: Sequence[ListedCard]) -> list[ListedCard]:
    """The cards, those put off behind the top with which one publisher led too many.

    Those that an editor pinned stay where they are.
    """
    top: list[ListedCard] = []
    put_off: list[ListedCard] = []
    led: Counter[str] = Counter()
    for place, card in enumerate(cards):
        by = card.glance.lead.provider.domain
        if len(top) == TOP:
            return [*top, *put_off, *cards[place:]]
        if led[by] < LED or card.glance.pinned:
            led[by] += 1
            top.append(card)
        else:
            put_off.append(card)
    return [*top, *put_off]


def _sections(
    cards: Sequence[ListedCard], page: Sequence[ListedCard]
) -> tuple[Section, ...]:
    """Sections by first topic, the fullest first; what is left over stands last.

    A topic that more than half of the page has is none: it tells nothing.
    """
    spread = Counter(topic for card in page for topic in card.glance.topics)
    held: dict[TopicName, list[ListedCard]] = defaultdict(list)
    for card in cards:
        for topic in card.glance.topics[:1]:
            if spread[topic] * 2 <= len(page):
                held[topic].append(card)
    named = [
        Section(topic, tuple(under))
        for topic, under in held.items()
        if len(under) >= SECTION
    ]
    named.sort(key=lambda section: -len(section.cards))
    apart = {id(card) for section in named for card in section.cards}
    rest = tuple(card for card in cards if id(card) not in apart)
    return (*named, *([Section(None, rest)] if rest else []))


def _alone(shown: frozenset[int]) -> tuple[list[_Alone], bool]:
    """The newest stories that one publisher each reports, but those `shown` above.

    Nothing that is older by more than the `REACH` than the newest of them; and whether
    there may be more of that.
    """
    looked_at = rows(_ALONE, [LOOKED_AT])
    found = [
        _Alone(pk, aware(at), *rest)
        for tier, pk, at, *rest in looked_at
        if tier == Tier.ALONE and pk not in shown
    ]
    # Sorted here: the joins need not keep the order of the index.
    found.sort(key=lambda one: (one.at, one.id), reverse=True)
    near = [one for one in found if one.at >= found[0].at - REACH]
    return near, len(looked_at) == LOOKED_AT and len(near) == len(found)


def _river(
    alone: Sequence[_Alone],
    lines: Sequence[_Alone],
    cards: Sequence[ListedCard],
    *,
    or_more: bool,
) -> tuple[RiverDay, ...]:
    """The lines by days, and behind a publisher's last how much more it has."""
    more = Counter(one.domain for one in alone)
    more.subtract(one.domain for one in lines)
    last = {one.domain: one for one in lines}
    since = timezone.localdate(alone[-1].at) if alone else date.min
    days: dict[date, list[ListedCard | Folded]] = defaultdict(list)
    for one, card in zip(lines, cards, strict=True):
        day = days[timezone.localdate(one.at)]
        day.append(card)
        if more[one.domain] and last[one.domain] is one:
            rest = more[one.domain]
            day.append(Folded(one.domain, one.name, rest, or_more, since))
    return tuple(RiverDay(day, tuple(of_day)) for day, of_day in days.items())


def _first_of_each(found: Sequence[_Alone]) -> list[_Alone]:
    """What is shown of these: only so many of one publisher, and so many in all."""
    lines: list[_Alone] = []
    by: Counter[str] = Counter()
    for one in found:
        by[one.domain] += 1
        if by[one.domain] <= OF_ONE and len(lines) < RIVER:
            lines.append(one)
    return lines
