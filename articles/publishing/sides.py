"""What an act about stories lays down, so that it holds: decisions about pages.

An editor who cuts or joins stories has seen all their pages, so an act says of each
of them on which side it is. What of earlier decisions would say otherwise is
answered on that very pair, where the latest counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from articles.clustering.components import Forest
from articles.library.decisions import (
    INHERITED,
    INSTEAD,
    TOGETHER,
    age,
    choices,
    pair_decisions,
)
from articles.models import Decision, Page

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
    due_at: datetime | None = None


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
    beyond = _beyond(side_of, standing) if len(sides) > 1 else []
    full += _set_aside(beyond)
    full += _inherited(sides, side_of, standing, beyond)
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


def _beyond(
    side_of: Mapping[Page, int], standing: Mapping[frozenset[int], str]
) -> list[tuple[Page, Page, str]]:
    """What stands of each pair of one of these pages and another: that one first."""
    page_of = {page.pk: page for page in side_of}
    found = []
    for ends, kind in standing.items():
        inside = ends & page_of.keys()
        if len(inside) == 1:
            (own,), (other,) = inside, ends - inside
            found.append((page_of[own], other, kind))
    known = Page.objects.select_related("article").in_bulk({one[1] for one in found})
    return [(own, known[other], kind) for own, other, kind in found]


def _set_aside(beyond: Iterable[tuple[Page, Page, str]]) -> Iterator[PageDecision]:
    """That merges with pages of other stories, which are set aside, remain so.

    What they contradict may hold no more once the story is cut.
    """
    for own, other, kind in beyond:
        if kind == Kind.MERGE and other.story_id is not None:
            yield PageDecision(Kind.SPLIT, own, other, INSTEAD)


def _inherited(
    sides: Sequence[Sequence[Page]],
    side_of: Mapping[Page, int],
    standing: Mapping[frozenset[int], str],
    beyond: Iterable[tuple[Page, Page, str]],
) -> Iterator[PageDecision]:
    """That each side stays apart from pages that another side was split from.

    While it was bound to that side it was apart from them, too.
    """
    apart: list[set[Page]] = [set() for _ in sides]
    for own, other, kind in beyond:
        if kind == Kind.SPLIT:
            apart[side_of[own]].add(other)
    all_of_them = sorted(set[Page]().union(*apart), key=lambda page: page.pk)
    for number, side in enumerate(sides):
        keeper = representatives(side)[0]
        for other in all_of_them:
            pair = frozenset((keeper.pk, other.pk))
            if other not in apart[number] and pair not in standing:
                yield PageDecision(Kind.SPLIT, other, keeper, INHERITED)
