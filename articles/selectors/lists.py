"""The lists of stories: top, latest, most covered."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q

from articles.models import Story
from articles.rules.score import BEST_QUALITY, Tier, score, weight

from .cursor import Keyset

Place = tuple[Any, ...]  # values of an order's fields

_FIRST = "0"  # no id stands before it


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryList:
    """A list of stories in one order: its page, its feeds, its link to them."""

    name: str
    route: str  # what its address is called in urls.py and templates
    path: str
    title: str
    order: str  # in words: "newest coverage first"
    keyset: Keyset
    # From a place on, all stories that have no later coverage than this stand behind
    # the place returned, which may be above it.
    highest: Callable[[Place, datetime], Place] | None = None
    only: Q = Q()  # which stories it holds, as a condition on `Story`; empty: all
    is_front: bool = False  # its first page is laid out as a front page
    in_days: bool = False  # cut into days


def _above_scores(behind: Place, latest_at: datetime) -> Place:
    """In the tier of this place; of the pinned, which are few, in the next one.

    Each tier goes by time anew, so none is left before its end.
    """
    if behind[0] == Tier.ALONE:
        return Tier.ALONE, _above(1, latest_at), _FIRST
    most = Story.objects.listed().order_by("-provider_count", "-latest_at")
    providers = most.values_list("provider_count", flat=True).first() or 1
    return Tier.SHARED, _above(providers, latest_at), _FIRST


def _above(providers: int, latest_at: datetime) -> float:
    """Above the score of all stories of so many publishers at the most."""
    heaviest = weight(BEST_QUALITY, providers)
    highest = score(heaviest, latest_at, half_life=settings.HALF_LIFE)
    return math.nextafter(highest, math.inf)


def _above_times(behind: Place, latest_at: datetime) -> Place:
    return latest_at + timedelta.resolution, _FIRST


# The addresses, pages, feeds and links of the lists are made from these entries.
LISTS = {
    entry.name: entry
    for entry in (
        StoryList(
            name="top",
            route="feed",
            path="",
            title="Top stories",
            order="what most publishers report first, newer before older",
            keyset=Keyset(("tier", "score", "public_id"), (int, float, str)),
            highest=_above_scores,
            is_front=True,
        ),
        StoryList(
            name="latest",
            route="latest",
            path="latest/",
            title="Latest",
            order="newest coverage first",
            keyset=Keyset(("latest_at", "public_id"), (datetime, str)),
            highest=_above_times,
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
