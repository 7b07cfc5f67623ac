"""How much would be left under each further condition, counted in one query.

Counted are stories; of pages without a story for readers each counts for itself. The
counts are exact up to SAMPLE pages. Of more pages so many are looked at, and what is
counted is marked: there are at least so many.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection

from articles.models.page import PageQuerySet

from .facet_counts import FacetCount, Option

SAMPLE = 20_000
_PAGE = {"id": "pk", "article": "article_id", "story": "story_id"}
_PAGE |= {"lead": "story__lead_id"}


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of a facet that leave something, most stories first, then by name.

    Where `sampled`, there are at least so many.
    """

    options: tuple[Option, ...] = ()
    sampled: bool = False


@dataclass(frozen=True, slots=True)
class Facets:
    """What each facet offers, and how many stories meet all conditions."""

    by_name: Mapping[str, Facet]
    stories: int
    sampled: bool


def facets(
    pages: PageQuerySet,
    without: Mapping[str, PageQuerySet],
    *,
    counts: Mapping[str, FacetCount],
    with_words: PageQuerySet | None = None,
) -> Facets:
    """Count the options of some facets, by their names, among visible pages.

    `pages` meet all conditions; `without` has, for each facet in force, the pages that
    meet the others. `with_words` are all pages with the words, of which search gives a
    sample, too. One query.
    """
    bases = [pages, *without.values()]
    base_of = dict.fromkeys(counts, 0) | {
        name: place for place, name in enumerate(without, 1)
    }
    rows = _counted(bases, base_of, counts, with_words)
    size = {place: number for kind, place, _, number in rows if kind == "pages"}
    narrowed_sample = size.pop("", 0) >= SAMPLE
    total = {place: number for kind, place, _, number in rows if kind == "stories"}
    return Facets(
        {
            name: Facet(
                tuple(sorted(count.options(_options(rows, name)), key=_rank)),
                sampled=narrowed_sample or size[str(base_of[name])] >= SAMPLE,
            )
            for name, count in counts.items()
        },
        stories=total["0"],
        sampled=narrowed_sample or size["0"] >= SAMPLE,
    )


def left_over(bases: Mapping[str, PageQuerySet], *, most: int) -> dict[str, int]:
    """How many stories each of several sets of pages has; no more than one past
    `most` are counted. One query."""
    with_, params = _with(list(bases.values()), {})
    counts = " UNION ALL ".join(
        f"SELECT {place}, COUNT(*) FROM "
        f"(SELECT DISTINCT k FROM base{place} LIMIT {most + 1}) counted"
        for place in range(len(bases))
    )
    names = list(bases)
    return {names[place]: number for place, number in _rows(with_ + counts, params)}


def _counted(
    bases: Sequence[PageQuerySet],
    base_of: Mapping[str, int],
    counts: Mapping[str, FacetCount],
    with_words: PageQuerySet | None,
) -> list[tuple[str, str, str, int]]:
    """Rows of "facet:" and its name, or else "pages" or "stories" of a base."""
    with_, params = _with(bases, counts)
    statements = [
        count.statement(f"facet:{name}", f"base{base_of[name]}", _column_of(name))
        for name, count in counts.items()
    ]
    statements += [
        f"SELECT '{kind}', '{place}', '', COUNT({what}) FROM base{place}"
        for place in range(len(bases))
        for kind, what in (("pages", "*"), ("stories", "DISTINCT k"))
    ]
    if with_words is not None:
        sql, given = _columns(with_words, counts)
        statements.append(f"SELECT 'pages', '', '', COUNT(*) FROM ({sql}) found")
        params += given
    return _rows(with_ + " UNION ALL ".join(statements), params)


def _with(
    bases: Sequence[PageQuerySet], counts: Mapping[str, FacetCount]
) -> tuple[str, list[Any]]:
    """The bases as common table expressions, which each count then reads.

    `k` is the story of a page, or less than nothing for a page without one.
    """
    further = "".join(
        f", {_column_of(name)}" for name, count in counts.items() if count.column
    )
    tables: list[str] = []
    params: list[Any] = []
    for place, pages in enumerate(bases):
        sql, given = _columns(pages, counts)
        params += given
        tables.append(f"""
            page{place} ({", ".join(_PAGE)}{further}) AS ({sql}),
            base{place} (k, article{further}) AS (
                SELECT CASE WHEN lead IS NULL THEN -id ELSE story END,
                    article{further}
                FROM page{place}
            )""")
    return f"WITH {', '.join(tables)} ", params


def _columns(
    pages: PageQuerySet, counts: Mapping[str, FacetCount]
) -> tuple[str, Sequence[Any]]:
    """The query for all that is counted of a sample of pages, and its parameters."""
    further = [count for count in counts.values() if count.column]
    rows = pages.values_list(
        *_PAGE.values(), *(count.column for count in further if count.column)
    )
    try:
        return rows[:SAMPLE].query.sql_with_params()
    except EmptyResultSet:
        nothing = ["0"] * len(_PAGE) + [count.nothing for count in further]
        return f"SELECT {', '.join(nothing)} WHERE 1 = 0", ()


def _column_of(name: str) -> str:
    # No word of SQL, whatever a filter is called.
    return f"facet_{name}"


def _options(rows: Sequence[tuple[str, str, str, int]], name: str) -> list[Option]:
    return [
        Option(value, label, stories)
        for kind, value, label, stories in rows
        if kind == f"facet:{name}"
    ]


def _rank(option: Option) -> tuple[int, str, str]:
    return -option.stories, option.name.casefold(), option.value


def _rows(sql: str, params: Sequence[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())
