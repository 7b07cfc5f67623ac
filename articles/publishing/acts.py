"""How an act about stories is written down: as decisions about pages, taken together.

An editor who cuts or joins stories has seen all their pages, so an act says of each
of them on which side it is. What of earlier decisions would say otherwise is
answered on that very pair, where the latest counts.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from articles.clustering.components import Forest
from articles.library.decisions import (
    CHOICE_KINDS,
    INHERITED,
    INSTEAD,
    PAIR_KINDS,
    TOGETHER,
    age,
    choices,
    pages_of,
    pair_decisions,
)
from articles.models import Decision, Page
from articles.models.bulk import chunks
from articles.models.writing import writing
from articles.settle import judge_of, settle_pages

from .decisions import Author, author_fields, subject_names

Kind = Decision.Kind
# Each page of a side is split from so many of the other; of large stories not from all.
MOST_APART = 10


@dataclass(frozen=True, slots=True)
class PageDecision:
    """One decision of an act.

    Of a split, `page` leaves and `other` stays. Of an address, which is the value,
    `page` keeps it and not `other`.
    """

    kind: Kind
    page: Page
    other: Page | None = None
    value: str = ""


def complete(
    asked: Iterable[PageDecision], *sides: Sequence[Page]
) -> list[PageDecision]:
    """What is asked, and all it takes to hold: each side stays together as it is seen.

    Pages of the first side leave the second. What holds together already is not laid
    down again, so that undoing an earlier act still takes back what it did.
    """
    side_of = {page: number for number, side in enumerate(sides) for page in side}
    standing = _standing(side_of)
    before = _between(side_of, standing)
    full = list(asked)
    bound = Forest()
    for one in full:
        if one.kind == Kind.MERGE and one.other is not None:
            bound.join(str(one.page.pk), str(one.other.pk))
    for low, high, kind in before:
        if kind == Kind.MERGE and side_of[low] == side_of[high]:
            bound.join(str(low.pk), str(high.pk))
    for side in sides:
        full += _together(side, bound)
    for low, high, kind in before:
        wanted = Kind.MERGE if side_of[low] == side_of[high] else Kind.SPLIT
        if kind != wanted:
            full.append(PageDecision(wanted, low, high, INSTEAD))
    full += _inherited(sides, side_of, standing)
    return full


def separations(
    name: str, leaving: Sequence[Page], staying: Sequence[Page]
) -> Iterator[PageDecision]:
    """That pages leave others: laid down so often that it holds whichever go later."""
    for page in leaving:
        for other in representatives(staying)[:MOST_APART]:
            yield PageDecision(Kind.SPLIT, page, other, name)
    for page in representatives(leaving)[:MOST_APART]:
        for other in staying:
            yield PageDecision(Kind.SPLIT, page, other, name)


def representatives(pages: Iterable[Page]) -> list[Page]:
    """Pages in the order in which they are fit to stand for the others.

    Leads, then those that a drop has: a linked page goes when no list names it.
    """

    def rank(page: Page) -> tuple[bool, bool, tuple[datetime, str]]:
        leads = page.story is not None and page.story.lead_id == page.pk
        return not leads, page.article is None, age(page)

    return sorted(pages, key=rank)


def keeping(
    address: str, pages: Sequence[Page], against: Page
) -> Iterator[PageDecision]:
    """That these pages, earliest first, keep a story's address, if they would not.

    The other page is one because of which they would not.
    """
    held = choices(page.pk for page in pages)
    if held.address(pages[0], pages) != address:
        keeper = representatives(pages)[0]
        yield PageDecision(Kind.ADDRESS, keeper, against, address)


def _together(side: Sequence[Page], bound: Forest) -> Iterator[PageDecision]:
    representative = representatives(side)[0]
    for page in side:
        if bound.root(str(page.pk)) != bound.root(str(representative.pk)):
            bound.join(str(page.pk), str(representative.pk))
            yield PageDecision(Kind.MERGE, page, representative, TOGETHER)


def _standing(pages: Iterable[Page]) -> dict[frozenset[int], str]:
    """Of each pair that one of these pages is in: what was laid down last."""
    made = pair_decisions(page.pk for page in pages)
    return {frozenset((one.a, one.b)): one.kind for one in made}


def _between(
    side_of: Mapping[Page, int], standing: Mapping[frozenset[int], str]
) -> list[tuple[Page, Page, str]]:
    """What stands of each pair of these pages: the one that would leave, the other."""
    page_of = {page.pk: page for page in side_of}
    found = []
    for pair, kind in standing.items():
        ends = [page_of[pk] for pk in pair if pk in page_of]
        if len(ends) == 2:
            low, high = sorted(
                ends, key=lambda page: (side_of[page], page.canonical_url)
            )
            found.append((low, high, kind))
    return found


def _inherited(
    sides: Sequence[Sequence[Page]],
    side_of: Mapping[Page, int],
    standing: Mapping[frozenset[int], str],
) -> Iterator[PageDecision]:
    """That each side stays apart from pages that another side was split from.

    While it was bound to that side it was apart from them, too.
    """
    number_of = {page.pk: number for page, number in side_of.items()}
    apart: list[set[int]] = [set() for _ in sides]
    for ends, kind in standing.items():
        inside = ends & number_of.keys()
        if kind == Kind.SPLIT and len(inside) == 1:
            (own,), (other,) = inside, ends - inside
            apart[number_of[own]].add(other)
    known = Page.objects.select_related("article").in_bulk(set().union(*apart))
    for number, side in enumerate(sides):
        keeper = representatives(side)[0]
        for other in sorted(known.keys() - apart[number]):
            if frozenset((keeper.pk, other)) not in standing:
                yield PageDecision(Kind.SPLIT, known[other], keeper, INHERITED)


def record_act(decisions: Sequence[PageDecision], *, by: Author, why: str) -> str:
    """Record an act and put it into effect; return its id."""
    now = timezone.now()
    act = uuid.uuid4().hex
    made = [_decision(one, act=act, at=now, by=by, why=why) for one in _once(decisions)]
    with writing():
        Decision.objects.bulk_create(made, batch_size=500)
        derive(made, now=now)
    return act


def undo(act: str, *, by: Author = None) -> int:
    """Take an act about stories back; return how many decisions that were."""
    now = timezone.now()
    kinds = (*PAIR_KINDS, *CHOICE_KINDS, Kind.ADDRESS, Kind.DISMISS)
    with writing():
        made = Decision.objects.standing().filter(act=act, kind__in=kinds)
        undone = list(made) if act else []
        for some in chunks([one.pk for one in undone]):
            Decision.objects.filter(pk__in=some).update(
                undone_at=now, undone_by=author_fields(by)["author"]
            )
        derive(undone, now=now)
    return len(undone)


def derive(made: Sequence[Decision], *, now: datetime) -> None:
    """Derive the stories that decisions are about again."""
    bound = _pages_of(one for one in made if one.kind in PAIR_KINDS)
    concerned = [one for one in made if one.kind != Kind.DISMISS]
    # Who had an address before may have it again, or has it no more.
    addresses = {one.value for one in made if one.kind == Kind.ADDRESS}
    concerned += Decision.objects.filter(kind=Kind.ADDRESS, value__in=addresses)
    bearing = Page.objects.filter(public_id__in=addresses)
    pages = _pages_of(concerned) | set(bearing.values_list("pk", flat=True))
    settle_pages(pages, regroup=bound, now=now)
    if dismissed := _pages_of(one for one in made if one.kind == Kind.DISMISS):
        judge_of(dismissed)


def _pages_of(made: Iterable[Decision]) -> set[int]:
    return set(pages_of(made).values())


def _once(decisions: Iterable[PageDecision]) -> list[PageDecision]:
    """Of several decisions on one pair only the first; all of an act agrees."""
    found: dict[object, PageDecision] = {}
    for one in decisions:
        paired = one.kind in PAIR_KINDS
        pair = frozenset((one.page, one.other)) if paired else one
        found.setdefault(pair, one)
    return list(found.values())


def _decision(
    one: PageDecision, *, act: str, at: datetime, by: Author, why: str
) -> Decision:
    source, url = subject_names(one.page)
    other_source, other_url = subject_names(one.other) if one.other else ("", "")
    return Decision(
        kind=one.kind,
        source_name=source,
        canonical_url=url,
        other_source=other_source,
        other_url=other_url,
        value=one.value,
        act=act,
        why=why,
        at=at,
        **author_fields(by),
    )
