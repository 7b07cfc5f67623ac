"""The lists of stories: top, latest, most covered."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from articles.models import Story
from articles.rules.score import highest_score

from .cursor import Keyset

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
    # The place behind which all stories stand that have no later coverage than this.
    highest: Callable[[datetime], tuple[Any, ...]] | None = None
    only: Q = Q()  # which stories it holds, as a condition on `Story`; empty: all
    in_days: bool = False  # cut into days, rather than laid out as a front page


def _above_scores(latest_at: datetime) -> tuple[int, float, str]:
    """Above all that are not pinned: pinned ones come first and are looked at first."""
    most = Story.objects.listed().order_by("-provider_count", "-latest_at")
    providers = most.values_list("provider_count", flat=True).first() or 1
    highest = highest_score(providers, latest_at)
    return 0, math.nextafter(highest, math.inf), _FIRST


def _above_times(latest_at: datetime) -> tuple[datetime, str]:
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
            order="by weight, coverage and age",
            keyset=Keyset(("pinned", "score", "public_id"), (int, float, str)),
            highest=_above_scores,
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
