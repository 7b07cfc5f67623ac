"""What editors laid down about stories, put at the pages it is about today.

Decisions name pages as people saw them: by source where a drop had the page, which
is followed through changes of URL, else by canonical URL.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from articles.models import Article, Decision, Page, RelatedLink
from articles.models.bulk import chunks

Kind = Decision.Kind
BETWEEN = (Kind.MERGE, Kind.SPLIT)
ABOUT = (Kind.LEAD, Kind.TITLE, Kind.PIN, Kind.UNPIN)


@dataclass(frozen=True, slots=True)
class Between:
    """A merge or split of two pages, by pk; the serial orders them.

    Of a split, b is the page that leaves.
    """

    kind: Literal["merge", "split"]
    a: int
    b: int
    serial: int
    decision: Decision


@dataclass(frozen=True, slots=True)
class Marks:
    """The latest lead, title and pin that were laid down for single pages, by pk."""

    leads: dict[int, int]  # page -> serial: of one story's, the largest counts
    titles: dict[int, tuple[int, str]]  # page -> serial and words
    pins: dict[int, tuple[int, bool]]


def between_pages() -> list[Between]:
    """All standing merges and splits of pages that are known today, in order."""
    made = list(_standing(BETWEEN))
    page_of = _pages_of(
        [(one.source_name, one.canonical_url) for one in made]
        + [(one.other_source, one.other_url) for one in made]
    )
    found = []
    for serial, one in enumerate(made):
        a = page_of.get((one.source_name, one.canonical_url))
        b = page_of.get((one.other_source, one.other_url))
        if a is not None and b is not None and a != b:
            if one.kind == Kind.MERGE:
                found.append(Between("merge", a, b, serial, one))
            else:
                found.append(Between("split", b, a, serial, one))
    return found


def marks() -> Marks:
    """All standing leads, titles and pins of pages that are known today."""
    made = list(_standing(ABOUT))
    page_of = _pages_of([(one.source_name, one.canonical_url) for one in made])
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


def _standing(kinds: Sequence[Kind]) -> Iterable[Decision]:
    return Decision.objects.standing().filter(kind__in=kinds).order_by("at", "pk")


def _pages_of(named: Sequence[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """The page that each (source name, canonical URL) is about today."""
    sources: dict[str, int] = {}
    for some in chunks({source for source, _ in named if source}):
        rows = Article.objects.filter(source_name__in=some)
        sources |= dict(rows.values_list("source_name", "page"))
    urls: dict[str, int] = {}
    for some in chunks({url for _, url in named}):
        pages = Page.objects.filter(canonical_url__in=some)
        urls |= dict(pages.values_list("canonical_url", "pk"))
        # What is said under an AMP address is at the page that claims it.
        wordings = RelatedLink.objects.filter(canonical_url__in=some)
        urls |= dict(wordings.values_list("canonical_url", "page"))
        articles = Article.objects.filter(canonical_url__in=some)
        urls |= dict(articles.values_list("canonical_url", "page"))
    found = {key: sources.get(key[0]) or urls.get(key[1]) for key in named}
    return {key: page for key, page in found.items() if page is not None}
