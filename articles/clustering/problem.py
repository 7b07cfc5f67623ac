"""What clustering is asked, in plain values: pages, related lists, constraints.

Nothing here knows of the database, the clock or who may see what: hiding a page
moves no other page, so visibility is no part of the question.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class ClusterPage:
    """One page, as far as clustering looks at it."""

    key: str  # canonical URL, unique; every tie is broken by it
    title: str  # cleaned plain text
    excerpt: str  # cleaned plain text
    hours: float  # published_at in hours since 1970-01-01 UTC
    provider: str  # folded domain, "" if unknown


@dataclass(frozen=True, slots=True)
class RelatedList:
    """The pages one drop names beside its own."""

    owner: str  # key of the page whose drop has the list
    named: tuple[str, ...]  # in list order; repeats, owner, unknown keys are ignored


@dataclass(frozen=True, slots=True)
class Constraint:
    """What an editor laid down about two pages.

    "merge": the two are in one story. "split": they are never in one story.
    The serial orders constraints; of several on one pair the latest counts.
    """

    kind: Literal["merge", "split"]
    a: str
    b: str
    serial: int = 0


@dataclass(frozen=True, slots=True)
class Conflict:
    """A constraint that could not be kept, and the earlier ones it contradicts."""

    constraint: Constraint
    against: tuple[Constraint, ...]


@dataclass(frozen=True, slots=True)
class Solution:
    """Stories (sorted tuples of keys, sorted) and the constraints set aside."""

    stories: tuple[tuple[str, ...], ...]
    conflicts: tuple[Conflict, ...] = ()
