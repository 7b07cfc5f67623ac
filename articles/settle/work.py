"""What the parts of one step tell each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from .counts import Counts


@dataclass(slots=True)
class Effects:
    """What a settling changes for readers: canonical URLs of pages."""

    listed: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)  # to another story
    # Of pages that leave their story, the founder of the one that they were in first.
    left: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Work:
    """What the parts so far have found to be done by later ones: primary keys."""

    effects: Effects
    pages: set[int]  # that the step derives
    now: datetime = field(default_factory=timezone.now)
    content: set[int] = field(default_factory=set)  # of them, whose content is stale
    # Pages that are clustered again in any case.
    regrouped: set[int] = field(default_factory=set)
    # Publishers whose newest article or wording may be another.
    providers: set[int] = field(default_factory=set)
    # Page that facts were moved from -> where they are now.
    moved: dict[int, int] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)  # to be shown or hidden, perhaps
    shown: set[int] = field(default_factory=set)  # that were shown or hidden
    # Pages whose words may be others for clustering.
    reworded: set[int] = field(default_factory=set)
    near: set[int] = field(default_factory=set)  # pages that were near one that went
    # Articles that begin or cease to speak for their page, their lists with them.
    speakers: set[int] = field(default_factory=set)
    stories: set[int] = field(default_factory=set)  # whose figures may be others
    # Pages that begin or cease to lead under an editor's title.
    titled: set[int] = field(default_factory=set)
    published: bool = False  # readers get something else than before
    counts: Counts = field(default_factory=Counts)
