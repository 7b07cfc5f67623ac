"""How much would be left under each further condition, counted in one query.

Counted are stories; of pages without a story for readers each counts for itself. The
counts are of a sample: of so many pages, the newest. Where that is not all, what is
counted is marked: there are at least so many.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection

from articles.models import Topic
from articles.models.page import PageQuerySet

from .facet_counts import FacetCount, Option

SAMPLE = 2000
_PAGE = {"id": "pk", "article": "article_id", "story": "story_id"}
_PAGE |= {"lead": "story__lead_id"}


@dataclass(frozen=True, slots=True)
class Sample:
    """Visible pages to count, and those they were chosen from, SAMPLE at the most."""

    pages: PageQuerySet
    window: PageQuerySet


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
    sampled: bool

    def with_kept(self, kept: Mapping[str, Facet]) -> Facets:
        """These, and facets whose numbers are kept."""
        return replace(self, by_name={**self.by_name, **kept})


def facets(
    sample: Sample,
    without: Mapping[str, Sample],
    *,
    counts: Mapping[str, FacetCount],
) -> Facets:
    """Count the options of some facets, by their names, among visible pages.

    The sample meets all conditions; `without` has, for each facet in force, a sample
    that meets the others. One query.
    """
    bases = [sample, *without.values()]
    base_of = dict.fromkeys(counts, 0) | {
        name: place for place, name in enumerate(without, 1)
    }
    rows = _counted(bases, base_of, counts)
    size = {place: number for kind, place, _, number in rows if kind == "window"}
    by_name = {
        name: Facet(
            tuple(sorted(count.options(_options(rows, name)), key=_rank)),
            sampled=size[str(base_of[name])] >= SAMPLE,
        )
        for name, count in counts.items()
    }
    return Facets(by_name, sampled=any(one.sampled for one in by_name.values()))


def topic_facet() -> Facet:
    """All topics of listed stories, with as many as each has; one query."""
    held = Topic.objects.filter(story_count__gt=0)
    rows = held.values_list("slug", "name", "story_count")
    return Facet(tuple(sorted((Option(*row) for row in rows), key=_rank)))


def left_over(
    samples: Mapping[str, Sample], *, most: int
) -> dict[str, tuple[int, bool]]:
    """How many stories each of several samples has, and whether there may be more.

    No more than one past `most` are counted. One query.
    """
    held = list(samples.values())
    with_, params = _with([sample.pages for sample in held], {})
    counts = []
    for place, sample in enumerate(held):
        full, given = _window_size(sample)
        counts.append(
            "SELECT (SELECT COUNT(*) FROM (SELECT DISTINCT k "
            f"FROM base{place} LIMIT {most + 1}) counted), {full}"
        )
        params += given
    rows = _rows(with_ + " UNION ALL ".join(counts), params)
    return {
        name: (stories, size >= SAMPLE)
        for name, (stories, size) in zip(samples, rows, strict=True)
    }


def _counted(
    samples: Sequence[Sample],
    base_of: Mapping[str, int],
    counts: Mapping[str, FacetCount],
) -> list[tuple[str, str, str, int]]:
    """Rows of "facet:" and its name, and of the size of each sample's window."""
    with_, params = _with([sample.pages for sample in samples], counts)
    statements = [
        count.statement(f"facet:{name}", f"base{base_of[name]}", _column_of(name))
        for name, count in counts.items()
    ]
    for place, sample in enumerate(samples):
        size, given = _window_size(sample)
        statements.append(f"SELECT 'window', '{place}', '', {size}")
        params += given
    return _rows(with_ + " UNION ALL ".join(statements), params)


def _window_size(sample: Sample) -> tuple[str, Sequence[Any]]:
    sql, params = sample.window.values_list("pk").query.sql_with_params()
    return f"(SELECT COUNT(*) FROM ({sql}) found)", params


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
    """The query for all that is counted of some pages, and its parameters."""
    further = [count for count in counts.values() if count.column]
    rows = pages.values_list(
        *_PAGE.values(), *(count.column for count in further if count.column)
    )
    try:
        return rows.query.sql_with_params()
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
