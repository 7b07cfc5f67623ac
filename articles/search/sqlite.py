"""Search by SQLite's FTS5, in the table `articles_searchtext`.

FTS5 gives the rows it finds in the order of their ids, either way, without sorting;
the ids of entries grow with time. So the newest come first whatever there is to find,
and going on at an id costs what beginning costs. The joins are CROSS JOINs, which
SQLite takes in the order they are written: the index of words is always asked first.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models.expressions import RawSQL

from articles.models.page import PageQuerySet

from . import fts
from .hit import EntryText, Hit
from .query import Clause, SearchQuery

# Weights of a word in the title, the excerpt, the publisher's name, a compound.
_SCORE = "-bm25(articles_searchtext, 8.0, 2.0, 4.0, 4.0)"
_TEXT = "w.title || ' | ' || w.excerpt || ' | ' || w.provider || ' | ' || w.compounds"
_NEWEST = """
    SELECT e.id, e.page_id, s.id, {columns} FROM articles_searchtext w
    CROSS JOIN articles_searchentry e ON e.id = w.rowid
    CROSS JOIN articles_page p ON p.id = e.page_id
    LEFT JOIN articles_story s ON s.id = p.story_id AND s.lead_id IS NOT NULL
    WHERE w.articles_searchtext MATCH {match} AND {within} AND {before}
    ORDER BY w.rowid DESC LIMIT %s
"""
_OF_STORIES = """
    SELECT e.id, p.id, p.story_id FROM articles_page p
    CROSS JOIN articles_searchentry e ON e.page_id = p.id
    CROSS JOIN articles_searchtext w ON w.rowid = e.id
    WHERE p.story_id IN ({stories}) AND w.articles_searchtext MATCH %s AND {within}
"""
_PAGES = """
    SELECT e.page_id FROM articles_searchtext w
    CROSS JOIN articles_searchentry e ON e.id = w.rowid
    WHERE w.articles_searchtext MATCH %s
    ORDER BY w.rowid DESC LIMIT %s
"""
# Of some terms those that are said, but not everywhere; all where there are none.
_RARE = """
    COALESCE((
        SELECT GROUP_CONCAT(term, ' OR ') FROM ({terms})
        WHERE pages BETWEEN 1 AND {most}
    ), %s)
"""
_COUNTED = """
    SELECT %s AS term, (SELECT COUNT(*) FROM (
        SELECT 1 FROM articles_searchtext WHERE articles_searchtext MATCH %s
        LIMIT {most} + 1
    )) AS pages
"""
_IS_SAID = """
    SELECT EXISTS (SELECT 1 FROM articles_searchtext WHERE articles_searchtext MATCH %s)
"""
_COMMON = 2000  # pages


class SqliteBackend:
    """See `articles.search.backend.Backend`."""

    def write(self, texts: Sequence[EntryText]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO articles_searchtext"
                " (rowid, title, excerpt, provider, compounds)"
                " VALUES (%s, %s, %s, %s, %s)",
                [
                    (*_columns(text), f"{fts.EVERY} {text.compounds}".rstrip())
                    for text in texts
                ],
            )

    def purge(self) -> None:
        # Deleted words stay in the index until the parts that hold them are merged.
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO articles_searchtext (articles_searchtext)"
                " VALUES ('rebuild')"
            )

    def hits(
        self,
        query: SearchQuery,
        within: PageQuerySet,
        *,
        most: int,
        before: int | None = None,
        ranked: bool = False,
    ) -> list[Hit]:
        sql = _NEWEST.format(
            columns=f"{_SCORE}, w.title" if ranked else "0.0",
            match="%s",
            within="{within}",
            before="TRUE" if before is None else "w.rowid < %s",
        )
        behind = [] if before is None else [before]
        return _found(sql, [fts.expression(query)], within, [*behind, most])

    def loose_hits(
        self, query: SearchQuery, within: PageQuerySet, *, most: int
    ) -> list[Hit]:
        terms = fts.each(query.wanted)
        counted = " UNION ALL ".join([_COUNTED.format(most=_COMMON)] * len(terms))
        rare = _RARE.format(terms=counted, most=_COMMON)
        sql = _NEWEST.format(
            columns=f"{_SCORE}, w.title, {_TEXT}",
            match=f"('(' || {rare} || ')' || %s)",
            within="{within}",
            before="TRUE",
        )
        params = [term for term in terms for _ in range(2)]
        by = f" AND {fts.by_provider(query.providers)}" if query.providers else ""
        return _found(sql, [*params, " OR ".join(terms), by], within, [most])

    def hits_of(
        self, query: SearchQuery, within: PageQuerySet, *, stories: Collection[int]
    ) -> list[Hit]:
        if not stories:
            return []
        places = ", ".join(["%s"] * len(stories))
        sql = _OF_STORIES.format(stories=places, within="{within}")
        return _found(sql, [*stories, fts.expression(query)], within, [])

    def matching(
        self, query: SearchQuery, within: PageQuerySet, *, most: int
    ) -> PageQuerySet:
        return within.filter(pk__in=RawSQL(_PAGES, [fts.expression(query), most]))

    def unknown(self, names: Sequence[Clause]) -> list[Clause]:
        if not names:
            return []
        with connection.cursor() as cursor:
            cursor.execute(
                " UNION ALL ".join([_IS_SAID] * len(names)),
                [fts.by_provider([name]) for name in names],
            )
            said = [bool(known) for (known,) in cursor.fetchall()]
        return [name for name, known in zip(names, said, strict=True) if not known]


def _columns(text: EntryText) -> tuple[int, str, str, str]:
    return text.id, text.title, text.excerpt, text.provider


def _found(
    sql: str, before: Sequence[Any], within: PageQuerySet, after: Sequence[Any]
) -> list[Hit]:
    """Hits by a statement that leaves a place for `within`, with what stands around."""
    asked = within.filter(pk=RawSQL("e.page_id", ())).order_by().values("pk")
    try:
        kept, params = asked.query.sql_with_params()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            sql.format(within=f"EXISTS ({kept})"), [*before, *params, *after]
        )
        return [Hit(*row) for row in cursor.fetchall()]
