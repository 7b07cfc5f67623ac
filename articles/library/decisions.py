"""What editors laid down about stories, at the pages it is about today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db.models import Max

from articles.clustering.components import components
from articles.clustering.constraints import Rules
from articles.clustering.problem import Constraint
from articles.models import Decision, Page
from articles.models.bulk import among, chunks
from articles.rules.edits import Edits, edits
from articles.rules.public_id import next_id

from .standing import Standing, about, looked_up, rows, standing

Kind = Decision.Kind
Named = tuple[str, str]  # source name and canonical URL
PAIR_KINDS = (Kind.MERGE, Kind.SPLIT)
CHOICE_KINDS = (Kind.LEAD, Kind.TITLE, Kind.PIN, Kind.UNPIN)
READERS = (Kind.PUBLISH, Kind.WITHDRAW)
EDIT_KINDS = (Kind.HEADLINE, Kind.EXCERPT, Kind.PICTURE, Kind.TOPICS)
LATEST = 1_000  # merges and splits among which contradictions are looked for
FIRST = ("source_name", "canonical_url", "page")
SECOND = ("other_source", "other_url", "other_page")
# The value of decisions that an act takes beside those that it was asked for.
TOGETHER = "together"  # holds together what the editor saw together
INSTEAD = "instead"  # answers an earlier decision on the same pair
INHERITED = "inherited"  # keeps a part of a story apart from what the story was
BESIDE = (TOGETHER, INSTEAD, INHERITED)


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
class Pin:
    """A story is put first, until a time or for good."""

    until: datetime | None = None

    def holds(self, now: datetime) -> bool:
        return self.until is None or now < self.until


@dataclass(frozen=True, slots=True)
class Choices:
    """What was laid down last for single pages, by pk, and holds for their stories.

    Of several pages of one story that with the largest serial counts.
    """

    leads: dict[int, int]  # page -> serial
    titles: dict[int, tuple[int, str]]  # page -> serial and words
    pins: dict[int, tuple[int, Pin | None]]  # None: unpinned
    addresses: dict[int, tuple[int, str]]  # page -> serial and public id
    given: set[str]  # public ids that were laid down to be the address of a story

    def address(self, founder: Page, pages: Iterable[Page]) -> str:
        """The public id of a story: its founder's, unless an editor's act gave it on.

        Else that of its earliest page that has its own, or one that is nobody's.
        """
        held = list(pages)
        found = [self.addresses[one.pk] for one in held if one.pk in self.addresses]
        if found:
            return max(found)[1]
        if founder.public_id not in self.given:
            return founder.public_id
        free = [one for one in held if one.public_id not in self.given]
        if free:
            return min(free, key=age).public_id
        address = founder.public_id
        while address in self.given:
            address = next_id(address)
        return address


def age(page: Page) -> tuple[datetime, str]:
    """Orders the dated pages: earliest first."""
    assert page.published_at is not None
    return page.published_at, page.canonical_url


def pair_decisions(pages: Iterable[int] | None = None) -> list[PairDecision]:
    """The standing merges and splits of these pages, else of all, in order.

    Both their pages are known today.
    """
    made = rows(standing(PAIR_KINDS)) if pages is None else about(PAIR_KINDS, pages)
    found = []
    for one in made:
        a, b = one.page, one.other
        if a is None or b is None or a == b:
            continue
        if one.kind == Kind.MERGE:
            found.append(PairDecision("merge", a, b, one.pk, one.pk))
        else:
            found.append(PairDecision("split", b, a, one.pk, one.pk))
    return found


def last_laid_down() -> object:
    """What is another one as soon as a merge or split is made or taken back."""
    made = Decision.objects.filter(kind__in=PAIR_KINDS)
    return made.aggregate(made=Max("pk"), undone=Max("undone_at"))


def contradictions(pages: Collection[int] | None = None) -> list[Contradiction]:
    """Standing decisions that are set aside, since earlier ones say otherwise.

    Those which have to do with these pages, else with what was decided lately.
    """
    made = _lately() if pages is None else _connected(pages)
    decision_of = {one.serial: one.decision for one in made}
    if len({one.kind for one in made}) < 2:
        return []  # to be together, or apart: either can be had of all
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


def _lately() -> list[PairDecision]:
    """The latest merges and splits, and all that these have to do with."""
    if standing(PAIR_KINDS)[: LATEST + 1].count() <= LATEST:
        return pair_decisions()
    latest = standing(PAIR_KINDS).with_pages().order_by("-pk")[:LATEST]
    ends = latest.values_list("page", "other_page")
    return _connected({page for both in ends for page in both if page is not None})


def _connected(pages: Iterable[int]) -> list[PairDecision]:
    """Merges and splits of these pages, of the pages these name, and so on."""
    found: dict[int, PairDecision] = {}
    waiting, seen = set(pages), set[int]()
    while waiting:
        made = {one.decision: one for one in pair_decisions(waiting)}
        seen |= waiting
        waiting = {page for one in made.values() for page in (one.a, one.b)} - seen
        found |= made
    return sorted(found.values(), key=lambda one: one.serial)


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


def choices(pages: Iterable[int]) -> Choices:
    """The standing leads, titles, pins and addresses of these pages."""
    held = set(pages)
    found = Choices({}, {}, {}, {}, set())
    laid: set[str] = set()
    kinds = (*CHOICE_KINDS, Kind.ADDRESS)
    if not held or not standing(kinds).exists():
        return found
    for one in looked_up(kinds, held):
        if one.page not in held:
            continue
        if one.kind == Kind.LEAD:
            found.leads[one.page] = one.pk
        elif one.kind == Kind.TITLE:
            found.titles[one.page] = (one.pk, one.value)
        elif one.kind == Kind.ADDRESS:
            laid.add(one.value)
        else:
            pin = Pin(moment(one.value)) if one.kind == Kind.PIN else None
            found.pins[one.page] = (one.pk, pin)
    _add_addresses(found, laid, held)
    return found


def moment(value: str) -> datetime | None:
    """The time that a decision names, if any."""
    return datetime.fromisoformat(value) if value else None


def edits_of(pages: Iterable[int]) -> dict[int, Edits]:
    """What editors set of these pages' articles, by page; of the others nothing."""
    held = set(pages)
    made: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for one in about(EDIT_KINDS, held):
        if one.page in held:
            made[one.page][one.kind] = one.value
    return {page: edits(values) for page, values in made.items()}


def _add_addresses(found: Choices, laid: Iterable[str], pages: Iterable[int]) -> None:
    """Note who bears these addresses, and which of the pages' own are borne."""
    made = Decision.objects.standing().filter(kind=Kind.ADDRESS)
    latest: dict[str, Standing] = {}
    for some in chunks(pages):
        own = Page.objects.filter(pk__in=among(some)).values("public_id")
        latest |= {one.value: one for one in rows(made.filter(value__in=own))}
    asked, waiting = set(latest), set(laid) | {next_id(value) for value in latest}
    while waiting := waiting - asked:
        asked |= waiting
        more = {
            one.value: one
            for some in chunks(waiting)
            for one in rows(made.filter(value__in=among(some)))
        }
        latest |= more
        waiting = {next_id(value) for value in more}
    found.given.update(latest)
    wanted = set(pages)
    for one in sorted(latest.values(), key=lambda one: one.pk):
        if one.page in wanted:
            found.addresses[one.page] = (one.pk, one.value)


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
        named = Decision.objects.filter(pk__in=among(some)).with_pages()
        for a, b, page, c, d, other in named.values_list(*FIRST, *SECOND):
            found |= {(a, b): page, (c, d): other}
    return {named: page for named, page in found.items() if page is not None}


def _dated(pages: Iterable[int]) -> set[str]:
    """Those of the pages that clustering looks at."""
    return {
        str(pk)
        for some in chunks(pages, 2 * LATEST)
        for pk in Page.objects.filter(pk__in=among(some))
        .exclude(published_at=None)
        .values_list("pk", flat=True)
    }
