"""What editors laid down about stories, at the pages it is about today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from articles.clustering.components import components
from articles.clustering.constraints import Rules
from articles.clustering.problem import Constraint
from articles.models import Decision, Page
from articles.models.bulk import chunks
from articles.models.decision import DecisionQuerySet

Kind = Decision.Kind
Named = tuple[str, str]  # source name and canonical URL
PAIR_KINDS = (Kind.MERGE, Kind.SPLIT)
CHOICE_KINDS = (Kind.LEAD, Kind.TITLE, Kind.PIN, Kind.UNPIN)
FIRST = ("source_name", "canonical_url", "page")
SECOND = ("other_source", "other_url", "other_page")
# The value of decisions that an act takes beside those that it was asked for.
TOGETHER = "together"  # holds together what the editor saw together
INSTEAD = "instead"  # answers an earlier decision on the same pair


@dataclass(frozen=True, slots=True)
class PairDecision:
    """A merge or split of two pages, by pk; the serial orders them.

    Of a split, b is the page that leaves.
    """

    kind: Literal["merge", "split"]
    a: int
    b: int
    serial: int
    decision: int  # pk


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A decision that is set aside, and the earlier ones it contradicts, by pk."""

    decision: int
    against: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """The latest lead, title and pin that were laid down for single pages, by pk."""

    leads: dict[int, int]  # page -> serial: of one story's, the largest counts
    titles: dict[int, tuple[int, str]]  # page -> serial and words
    pins: dict[int, tuple[int, bool]]


def pair_decisions() -> list[PairDecision]:
    """All standing merges and splits of pages that are known today, in order."""
    made = _standing(PAIR_KINDS).with_pages()
    found = []
    for serial, (pk, kind, a, b) in enumerate(
        made.values_list("pk", "kind", "page", "other_page")
    ):
        if a is None or b is None or a == b:
            continue
        if kind == Kind.MERGE:
            found.append(PairDecision("merge", a, b, serial, pk))
        else:
            found.append(PairDecision("split", b, a, serial, pk))
    return found


def contradictions() -> list[Contradiction]:
    """Standing decisions that are set aside, since earlier ones say otherwise."""
    made = pair_decisions()
    decision_of = {one.serial: one.decision for one in made}
    known = _dated({page for one in made for page in (one.a, one.b)})
    found = []
    for constraints in _bound_together(made, known):
        if len({one.kind for one in constraints}) > 1:
            for conflict in Rules.read(constraints, known).conflicts:
                against = tuple(decision_of[one.serial] for one in conflict.against)
                found.append(
                    Contradiction(decision_of[conflict.constraint.serial], against)
                )
    return sorted(found, key=lambda one: one.decision)


def _bound_together(
    made: Iterable[PairDecision], known: Collection[str]
) -> Iterable[list[Constraint]]:
    """Merges and splits of known pages, those of each connected set together.

    What is not bound together, by whatever, does not contradict each other.
    """
    all_of_them = (
        Constraint(one.kind, str(one.a), str(one.b), one.serial) for one in made
    )
    between = [one for one in all_of_them if one.a in known and one.b in known]
    sets = components(known, ((one.a, one.b) for one in between))
    place = {page: number for number, pages in enumerate(sets) for page in pages}
    held: dict[int, list[Constraint]] = defaultdict(list)
    for one in between:
        held[place[one.a]].append(one)
    return held.values()


def choices() -> Choices:
    """All standing leads, titles and pins of pages that are known today."""
    made = _standing(CHOICE_KINDS).with_pages()
    found = Choices({}, {}, {})
    for serial, (page, kind, value) in enumerate(
        made.values_list("page", "kind", "value")
    ):
        if page is None:
            continue
        if kind == Kind.LEAD:
            found.leads[page] = serial
        elif kind == Kind.TITLE:
            found.titles[page] = (serial, value)
        else:
            found.pins[page] = (serial, kind == Kind.PIN)
    return found


def ends_of(one: Decision) -> list[Named]:
    """How a decision names its page and, between pages, the other one."""
    ends = [(one.source_name, one.canonical_url)]
    if one.other_url:
        ends.append((one.other_source, one.other_url))
    return ends


def pages_of(made: Iterable[Decision]) -> dict[Named, int]:
    """The page today of each name that these decisions have; unknown ones left out."""
    found: dict[Named, int | None] = {}
    for some in chunks({one.pk for one in made}):
        rows = Decision.objects.filter(pk__in=some).with_pages()
        for a, b, page, c, d, other in rows.values_list(*FIRST, *SECOND):
            found |= {(a, b): page, (c, d): other}
    return {named: page for named, page in found.items() if page is not None}


def _standing(kinds: Sequence[Kind]) -> DecisionQuerySet:
    return Decision.objects.standing().filter(kind__in=kinds).order_by("pk")


def _dated(pages: Iterable[int]) -> set[str]:
    """Those of the pages that clustering looks at."""
    return {
        str(pk)
        for some in chunks(pages)
        for pk in Page.objects.filter(pk__in=some)
        .exclude(published_at=None)
        .values_list("pk", flat=True)
    }
