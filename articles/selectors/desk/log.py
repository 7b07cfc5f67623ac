"""The log of decisions: who, when, what, why and from where, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from articles.models import Decision
from articles.models.bulk import chunks

from .act_words import act_in_words
from .history import titles

READ_AT_ONCE = 500  # lines of a log that is read as a whole


@dataclass(frozen=True, slots=True)
class LogLine:
    """One decision as the log tells it."""

    pk: int
    at: datetime
    author: str
    words: str
    why: str
    place: str
    address: str
    undone_at: datetime | None
    undone_by: str


def log_lines(made: Sequence[Decision]) -> list[LogLine]:
    """Decisions in words, in their order; a fixed number of queries."""
    title_of = titles(made)
    return [
        LogLine(
            pk=one.pk,
            at=one.at,
            author=one.author,
            words=act_in_words([one], title_of),
            why=one.why,
            place=one.place,
            address=one.address,
            undone_at=one.undone_at,
            undone_by=one.undone_by,
        )
        for one in made
    ]


def whole_log(made: Iterable[int]) -> Iterator[LogLine]:
    """The lines of these decisions, newest first, read some at a time."""
    for some in chunks(made, READ_AT_ONCE):
        held = Decision.objects.filter(pk__in=some).order_by("-at", "-pk")
        yield from log_lines(list(held))
