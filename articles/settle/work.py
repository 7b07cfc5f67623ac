"""What the steps of one settling tell each other."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Effects:
    """What a settling changed for readers: canonical URLs of pages."""

    listed: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)  # to another story


@dataclass(slots=True)
class Work:
    """What the steps so far have found to be done by later ones: primary keys."""

    effects: Effects
    providers: set[int]  # whose newest article or wording may be another
    moved: dict[int, int]  # page that facts were moved from -> where they are now
    seen: set[int]  # pages that may have to be shown or hidden, and read by search
    # Pages of another time than before, if only since another twin speaks for them:
    # their story may be founded by another page.
    retimed: set[int] = field(default_factory=set)
    # Articles that begin or cease to speak for their page, their lists with them.
    speakers: set[int] = field(default_factory=set)
    stories: set[int] = field(default_factory=set)  # whose figures may be others
