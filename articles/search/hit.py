"""What search is given to hold, and what it finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

STORY, _ALONE = 0, 1  # kinds of groups
# Stands between two headlines, so that no phrase reaches over. Of a private area: it is
# in no text.
BETWEEN = "\ue001"


@dataclass(frozen=True, slots=True)
class EntryText:
    """The words of one entry, as they are compared, with blanks between."""

    id: int
    title: str
    excerpt: str
    provider: str  # its name, then its domain
    compounds: str


class Hit(NamedTuple):  # there are thousands, and tuples are made and sorted fastest
    """A page that a search finds, and the story that readers have of it, if any."""

    id: int  # of its entry: the larger, the newer
    page: int
    story: int | None
    score: float = 0.0  # how well its words fit; the larger, the better
    known: int = 0  # 2: the title is what was typed; 1: it holds that; 0: neither
    text: str = ""  # all of its words
    words: int = 0  # said of those wanted, where not all need be

    @property
    def group(self) -> tuple[int, int]:
        """What the hit is shown under: its story, else the page itself."""
        return (STORY, self.story) if self.story else (_ALONE, self.page)

    @property
    def rank(self) -> Rank:
        """Where it stands."""
        return Rank(self.words, self.known, self.score, self.id)


class Rank(NamedTuple):
    """A place among hits; the larger comes first. No two hits stand at one place."""

    words: int
    known: int
    score: float
    id: int  # of the entry, and so its time


@dataclass(frozen=True, slots=True)
class Hits:
    """The newest hits, as far as was looked."""

    found: list[Hit]
    # The last entry that was looked at, where there may be more hits behind it.
    seen_to: int | None = None
