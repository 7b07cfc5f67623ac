"""What search is given to hold, and what it finds."""

from __future__ import annotations

from dataclasses import dataclass

STORY, _ALONE = 0, 1  # kinds of groups


@dataclass(frozen=True, slots=True)
class EntryText:
    """The words of one entry, as they are compared, with blanks between."""

    id: int
    title: str
    excerpt: str
    provider: str  # its name, then its domain
    compounds: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A page that a search finds, and the story that readers have of it, if any."""

    id: int  # of its entry: the larger, the newer
    page: int
    story: int | None
    score: float = 0.0  # how well its words fit; the larger, the better
    title: str = ""  # its words
    text: str = ""  # all of its words

    @property
    def group(self) -> tuple[int, int]:
        """What the hit is shown under: its story, else the page itself."""
        return (STORY, self.story) if self.story else (_ALONE, self.page)


@dataclass(frozen=True, slots=True)
class Hits:
    """The newest hits, as far as was looked."""

    found: list[Hit]
    # The last entry that was looked at, where there may be more hits behind it.
    seen_to: int | None = None
