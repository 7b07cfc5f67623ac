"""Search by SQLite's FTS5, in the table `articles_searchtext`.

FTS5 gives the rows it finds in the order of their ids, either way, without sorting;
the ids of entries grow with time. So the newest come first whatever there is to find,
and going on at an id costs what beginning costs. The joins are CROSS JOINs, which
SQLite takes in the order they are written: the index of words is always asked first,
and its order is that of the hits, without being sorted again.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models.expressions import RawSQL

from articles.models import Page
from articles.models.page import PageQuerySet

from . import fts
from .asked import NARROWED, RANKED, Asked, asked_of, between
from .hit import EntryText, Hit, Hits
from .query import Clause, SearchQuery

_TEXT = "w.title || ' | ' || w.excerpt || ' | ' || w.provider || ' | ' || w.compounds"
_HITS = """
    SELECT e.id, e.page_id, s.id, {columns} FROM ({matched}) w
    CROSS JOIN articles_searchentry e ON e.id = w.id
    CROSS JOIN articles_page p ON p.id = e.page_id
    LEFT JOIN articles_story s ON s.id = p.story_id AND s.lead_id IS NOT NULL
    WHERE {within} LIMIT %s
"""
_OF_STORIES = """
    SELECT e.id, p.id, p.story_id FROM articles_page p
    CROSS JOIN articles_searchentry e ON e.page_id = p.id
    CROSS JOIN articles_searchtext w ON w.rowid = e.id
    WHERE p.story_id IN ({stories}) AND w.articles_searchtext MATCH %s AND {within}
"""
_BESIDE = """
    SELECT e.id, p.id, p.story_id, 0.0, 0, {text} FROM (
        SELECT DISTINCT s.id FROM ({matched}) w
        CROSS JOIN articles_searchentry e ON e.id = w.id
        CROSS JOIN articles_page p ON p.id = e.page_id
        CROSS JOIN articles_story s ON s.id = p.story_id
        WHERE s.lead_id IS NOT NULL AND s.page_count > 1
    ) found
    CROSS JOIN articles_page p ON p.story_id = found.id
    CROSS JOIN articles_searchentry e ON e.page_id = p.id
    CROSS JOIN articles_searchtext w ON w.rowid = e.id
    WHERE {within} LIMIT {most}
"""
_PAGES = """
    SELECT e.page_id FROM articles_searchtext w
    CROSS JOIN articles_searchentry e ON e.id = w.rowid
    WHERE w.articles_searchtext MATCH %s AND {between}
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
_COUNT = """
    SELECT COUNT(*) FROM (
        SELECT 1 FROM articles_searchtext WHERE articles_searchtext MATCH %s LIMIT %s
    )
"""
_SEEN = "p.is_visible"
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
    ) -> Hits:
        asked = asked_of(query, before=before, ranked=ranked)
        # A name would change how well pages fit: where they are ranked, it is looked
        # up only if too many others are in the way.
        if not query.publishers:
            return _found(asked, within, most)
        named = asked_of(query, before=before, ranked=ranked, publishers=True)
        if not ranked:
            return _found(named, within, most)
        found = _found(asked, within, most)
        return found if found.seen_to is None else _found(named, within, most)

    def loose_hits(
        self, query: SearchQuery, within: PageQuerySet, *, most: int
    ) -> Hits:
        terms = fts.each(query.wanted)
        counted = " UNION ALL ".join([_COUNTED.format(most=_COMMON)] * len(terms))
        rare = _RARE.format(terms=counted, most=_COMMON)
        by = f" AND {fts.by_provider(query.providers)}" if query.providers else ""
        asked = Asked(
            f"('(' || {rare} || ')' || %s)",
            (*(term for term in terms for _ in range(2)), " OR ".join(terms), by),
            {**RANKED, "text": _TEXT},
            between(query, None),
        )
        return _found(asked, within, most)

    def hits_of(
        self, query: SearchQuery, within: PageQuerySet, *, stories: Collection[int]
    ) -> list[Hit]:
        if not stories:
            return []
        places = ", ".join(["%s"] * len(stories))
        kept, params = _kept(within)
        sql = _OF_STORIES.format(stories=places, within=kept)
        return _hits(sql, [*stories, fts.expression(query), *params])

    def beside(
        self, query: SearchQuery, within: PageQuerySet, *, most: int
    ) -> list[Hit]:
        asked = asked_of(query, before=None, ranked=False)
        kept, params = _narrowed(within)
        sql = _BESIDE.format(
            text=_TEXT,
            matched=asked.matched("w.rowid AS id", most=most),
            within=kept,
            most=_COMMON,
        )
        return _hits(sql, [*asked.params, *params])

    def counts(self, queries: Sequence[SearchQuery], *, most: int) -> list[int]:
        if not queries:
            return []
        with connection.cursor() as cursor:
            cursor.execute(
                " UNION ALL ".join([_COUNT] * len(queries)),
                [given for query in queries for given in (fts.expression(query), most)],
            )
            return [count for (count,) in cursor.fetchall()]

    def matching(
        self, query: SearchQuery, within: PageQuerySet, *, most: int
    ) -> PageQuerySet:
        sql = _PAGES.format(between=between(query, None))
        expression = fts.expression(query, publishers=True)
        return within.filter(pk__in=RawSQL(sql, [expression, most]))

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


def _found(asked: Asked, within: PageQuerySet, most: int) -> Hits:
    """The newest hits; of narrowed pages as far as NARROWED matches reach."""
    kept, params = _narrowed(within)
    narrowed = kept != _SEEN
    inner = ", ".join(f"{sql} AS {name}" for name, sql in asked.columns.items())
    sql = _HITS.format(
        columns=", ".join(f"w.{name}" for name in asked.columns),
        matched=asked.matched(
            f"w.rowid AS id, {inner}", most=NARROWED if narrowed else most
        ),
        within=kept,
    )
    found = _hits(sql, [*asked.given, *asked.params, *params, most])
    if not narrowed or len(found) == most:
        return Hits(found)
    with connection.cursor() as cursor:
        last = asked.matched("w.rowid", most=1) + f" OFFSET {NARROWED - 1}"
        cursor.execute(last, asked.params)
        row = cursor.fetchone()
    return Hits(found, seen_to=row[0] if row else None)


def _kept(within: PageQuerySet) -> tuple[str, tuple[Any, ...]]:
    """The condition that the page of an entry is one of these."""
    asked = within.filter(pk=RawSQL("e.page_id", ())).order_by().values("pk")
    try:
        sql, params = asked.query.sql_with_params()
    except EmptyResultSet:
        return "FALSE", ()
    return f"EXISTS ({sql})", tuple(params)


def _narrowed(within: PageQuerySet) -> tuple[str, tuple[Any, ...]]:
    """The same; of all visible pages, which alone are held, of a row read anyway."""
    kept = _kept(within)
    return (_SEEN, ()) if kept == _visible() else kept


@cache
def _visible() -> tuple[str, tuple[Any, ...]]:
    return _kept(Page.objects.visible())


def _hits(sql: str, params: Sequence[Any]) -> list[Hit]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [Hit(*row) for row in cursor.fetchall()]
