"""Publishers by how they did in shared stories of late."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils import timezone

from articles.models import StoryProvider, Totals
from articles.rendering.summaries import ProviderName
from articles.rules.text.alphabet import filing_key, namesakes
from articles.rules.timeliness import Timeliness, timeliness

from .activity import midnight

DAYS = 90
READ = 20_000  # parts in stories, the newest
SHOWN = 100
ENOUGH = 3  # stories, before a median says anything

# By what publishers stand in each order, the best lowest.
_BEST: dict[str, Callable[[Timeliness], int]] = {
    "first": lambda figures: -figures.first,
    "leads": lambda figures: -figures.leads,
    "stories": lambda figures: -figures.stories,
    "delay": lambda figures: figures.delay,
}
# Who has a place at all.
_RANKED: dict[str, Callable[[Timeliness], bool]] = {
    "first": lambda figures: figures.first > 0,
    "leads": lambda figures: figures.leads > 0,
    "stories": lambda figures: True,
    "delay": lambda figures: figures.stories >= ENOUGH,
}
ORDERS = tuple(_BEST)


@dataclass(frozen=True, slots=True)
class Place:
    """A publisher's place, shared by those that do as well, and its figures."""

    number: int
    provider: ProviderName
    figures: Timeliness
    has_namesake: bool  # only the domain tells it from another


@dataclass(frozen=True, slots=True)
class Leaderboard:
    """The first places in one order; `since` is None on an empty site."""

    by: str
    places: tuple[Place, ...]
    ranked: int  # publishers, those beyond the places shown included
    enough: int  # stories a publisher must share to have a place
    since: datetime | None
    until: datetime | None
    is_cut: bool  # only the newest parts were read: `since` is later than 90 days


def leaderboard(by: str) -> Leaderboard:
    """Publishers in one of `ORDERS`, over the 90 days up to the newest coverage.

    A story counts for a publisher by when its first page of it came out. Two queries,
    three where only the newest parts are read; of bounded cost.
    """
    _, until = Totals.read()
    if until is None:
        return Leaderboard(by, (), 0, 1, None, None, is_cut=False)
    since = midnight(timezone.localdate(until) - timedelta(days=DAYS - 1))
    rows = StoryProvider.objects.filter(first_at__gte=since).order_by(
        "-first_at", "-provider_id", "-delay", "-leads"
    )
    parts = [_Part(*row) for row in rows.values_list(*_FIELDS)[: READ + 1]]
    is_cut = len(parts) > READ
    found = _figures(parts[:READ], by)
    return Leaderboard(
        by=by,
        places=_places(by, found),
        ranked=len(found),
        enough=ENOUGH if by == "delay" else 1,
        since=rows.values_list("first_at", flat=True)[READ - 1] if is_cut else since,
        until=until,
        is_cut=is_cut,
    )


class _Part(NamedTuple):
    name: str
    domain: str
    delay: int
    leads: bool


_FIELDS = ("provider__name", "provider__domain", "delay", "leads")


def _figures(parts: Iterable[_Part], by: str) -> dict[ProviderName, Timeliness]:
    """The figures of each publisher that has a place."""
    held: dict[ProviderName, list[tuple[int, bool]]] = defaultdict(list)
    for part in parts:
        provider = ProviderName(part.name, part.domain)
        held[provider].append((part.delay, part.leads))
    figures = {provider: timeliness(own) for provider, own in held.items()}
    return {provider: own for provider, own in figures.items() if _RANKED[by](own)}


def _places(by: str, found: dict[ProviderName, Timeliness]) -> tuple[Place, ...]:
    """The best first; those that do as well share a place, in the order of names."""
    best = _BEST[by]
    ranked = sorted(
        found.items(),
        key=lambda item: (best(item[1]), filing_key(item[0].name), item[0].domain),
    )
    shared = namesakes(provider.name for provider in found)
    places: list[Place] = []
    for count, (provider, figures) in enumerate(ranked[:SHOWN], 1):
        tied = places and best(places[-1].figures) == best(figures)
        number = places[-1].number if tied else count
        places.append(Place(number, provider, figures, provider.name in shared))
    return tuple(places)
