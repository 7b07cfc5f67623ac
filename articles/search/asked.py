"""What the index of words is asked: which of its rows, and what of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from articles.rules.time_ordered_id import first_id_at

from . import fts
from .query import SearchQuery

NARROWED = 4000  # so many matches, the newest, are held against other conditions
# Weights of a word in the title, the excerpt, the publisher's name, a compound.
_SCORE = "-bm25(articles_searchtext, 8.0, 2.0, 4.0, 4.0)"
# Asked of the index: reading the titles of all hits would take longest of all. Among
# so many of the newest that nothing is missed that is ranked.
_KNOWN = """
    CASE WHEN w.rowid IN ({held}) THEN 1 + (
        w.rowid IN (SELECT id FROM ({begun}) titled WHERE title = %s)
    ) ELSE 0 END
"""
_PLAIN = {"score": "0.0"}
RANKED = {"score": _SCORE, "known": "0"}
_MATCHED = """
    SELECT {columns} FROM articles_searchtext w
    WHERE w.articles_searchtext MATCH {match} AND {between}
    ORDER BY w.rowid DESC LIMIT {most}
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the index of words is asked: an expression in SQL, and what of its rows."""

    match: str
    params: Sequence[Any]
    columns: Mapping[str, str]
    between: str
    given: Sequence[Any] = ()  # to the columns

    def matched(self, columns: str, *, most: int) -> str:
        """The newest matches."""
        return _MATCHED.format(
            columns=columns, match=self.match, between=self.between, most=most
        )


def asked_of(
    query: SearchQuery, *, before: int | None, ranked: bool, publishers: bool = False
) -> Asked:
    """What is asked for a query, also for its `publishers` if so told."""
    expression = fts.expression(query, publishers=publishers)
    bounds = between(query, before)
    columns, given = _ranked(query, expression, bounds) if ranked else (_PLAIN, ())
    return Asked("%s", (expression,), columns, bounds, given)


def between(query: SearchQuery, before: int | None) -> str:
    """The ids to look among."""
    below = [] if before is None else [before]
    if query.until:
        below.append(first_id_at(query.until))
    bounds = [f"w.rowid < {min(below)}"] if below else []
    if query.since:
        bounds.append(f"w.rowid >= {first_id_at(query.since)}")
    return " AND ".join(bounds or ["TRUE"])


def _ranked(
    query: SearchQuery, expression: str, between: str
) -> tuple[Mapping[str, str], Sequence[Any]]:
    """What hits are ranked by, and what that is given."""
    if not query.typed:
        return RANKED, ()

    def titled(columns: str) -> str:
        return _MATCHED.format(
            columns=columns, match="%s", between=between, most=NARROWED
        )

    held, begun = fts.in_title(query, expression)
    known = _KNOWN.format(
        held=titled("w.rowid"), begun=titled("w.rowid AS id, w.title AS title")
    )
    return {"score": _SCORE, "known": known}, (held, begun, " ".join(query.typed))
