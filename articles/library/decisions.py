"""What editors laid down about stories, put at the pages it is about today.

Decisions name pages as people saw them: by source where a drop had the page, which
is followed through changes of URL, else by canonical URL.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from django.db.models import QuerySet

from articles.clustering.components import components
from articles.clustering.constraints import Rules
from articles.clustering.problem import Constraint
from articles.models import Article, Decision, Page, RelatedLink
from articles.models.bulk import chunks

Kind = Decision.Kind
Named = tuple[str, str]  # source name and canonical URL
BETWEEN = (Kind.MERGE, Kind.SPLIT)
ABOUT = (Kind.LEAD, Kind.TITLE, Kind.PIN, Kind.UNPIN)
# The value of decisions that an act takes beside those that it was asked for.
TOGETHER = "together"  # holds together what the editor saw together
INSTEAD = "instead"  # answers an earlier decision on the same pair


@dataclass(frozen=True, slots=True)
class Between:
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
class Marks:
    """The latest lead, title and pin that were laid down for single pages, by pk."""

    leads: dict[int, int]  # page -> serial: of one story's, the largest counts
    titles: dict[int, tuple[int, str]]  # page -> serial and words
    pins: dict[int, tuple[int, bool]]


def between_pages() -> list[Between]:
    """All standing merges and splits of pages that are known today, in order."""
    made = list(
        _standing(BETWEEN).values_list(
            "pk", "kind", "source_name", "canonical_url", "other_source", "other_url"
        )
    )
    ends = [named for *_, a, b, c, d in made for named in ((a, b), (c, d))]
    page_of = pages_of(ends)
    found = []
    for serial, (pk, kind, *names) in enumerate(made):
        a = page_of.get((names[0], names[1]))
        b = page_of.get((names[2], names[3]))
        if a is not None and b is not None and a != b:
            if kind == Kind.MERGE:
                found.append(Between("merge", a, b, serial, pk))
            else:
                found.append(Between("split", b, a, serial, pk))
    return found


def contradictions() -> list[Contradiction]:
    """Standing decisions that are set aside, since earlier ones say otherwise."""
    between = between_pages()
    decision_of = {one.serial: one.decision for one in between}
    known = _dated({page for one in between for page in (one.a, one.b)})
    said = [Constraint(one.kind, str(one.a), str(one.b), one.serial) for one in between]
    # What is not bound together, by whatever, does not contradict each other.
    parts = components(known, ((one.a, one.b) for one in said))
    place = {page: part for part, pages in enumerate(parts) for page in pages}
    held: dict[int, list[Constraint]] = defaultdict(list)
    for one in said:
        if one.a in known and one.b in known:
            held[place[one.a]].append(one)
    found = []
    for rules in held.values():
        if len({one.kind for one in rules}) > 1:
            for conflict in Rules.read(rules, known).conflicts:
                against = tuple(decision_of[one.serial] for one in conflict.against)
                found.append(
                    Contradiction(decision_of[conflict.constraint.serial], against)
                )
    return sorted(found, key=lambda one: one.decision)


def marks() -> Marks:
    """All standing leads, titles and pins of pages that are known today."""
    made = list(_standing(ABOUT))
    page_of = pages_of([(one.source_name, one.canonical_url) for one in made])
    found = Marks({}, {}, {})
    for serial, one in enumerate(made):
        page = page_of.get((one.source_name, one.canonical_url))
        if page is None:
            continue
        if one.kind == Kind.LEAD:
            found.leads[page] = serial
        elif one.kind == Kind.TITLE:
            found.titles[page] = (serial, one.value)
        else:
            found.pins[page] = (serial, one.kind == Kind.PIN)
    return found


def pages_named(made: Iterable[Decision]) -> set[int]:
    """All pages that these decisions are about today, twins' one page once."""
    return set(pages_of([named for one in made for named in ends_of(one)]).values())


def ends_of(one: Decision) -> list[Named]:
    """How a decision names its page and, between pages, the other one."""
    ends = [(one.source_name, one.canonical_url)]
    if one.other_url:
        ends.append((one.other_source, one.other_url))
    return ends


def pages_of(named: Iterable[Named]) -> dict[Named, int]:
    """The page that each (source name, canonical URL) is about today."""
    wanted = set(named)
    sources: dict[str, int] = {}
    for some in chunks({source for source, _ in wanted if source}):
        rows = Article.objects.filter(source_name__in=some)
        sources |= dict(rows.values_list("source_name", "page"))
    urls: dict[str, int] = {}
    for some in chunks({url for _, url in wanted}):
        pages = Page.objects.filter(canonical_url__in=some)
        urls |= dict(pages.values_list("canonical_url", "pk"))
        # What is said under an AMP address is at the page that claims it.
        wordings = RelatedLink.objects.filter(canonical_url__in=some)
        urls |= dict(wordings.values_list("canonical_url", "page"))
        articles = Article.objects.filter(canonical_url__in=some)
        urls |= dict(articles.values_list("canonical_url", "page"))
    found = {key: sources.get(key[0]) or urls.get(key[1]) for key in wanted}
    return {key: page for key, page in found.items() if page is not None}


def _standing(kinds: Sequence[Kind]) -> QuerySet[Decision]:
    return Decision.objects.standing().filter(kind__in=kinds).order_by("at", "pk")


def _dated(pages: Iterable[int]) -> set[str]:
    """Those of the pages that clustering looks at."""
    return {
        str(pk)
        for some in chunks(pages)
        for pk in Page.objects.filter(pk__in=some)
        .exclude(published_at=None)
        .values_list("pk", flat=True)
    }
