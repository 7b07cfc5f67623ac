"""What the forms of articles change: the rows that an editor changed, and no others.

Rows are compared with what the form showed, never with the database of today: what
another editor or an import did meanwhile is nothing that this editor did.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import QueryDict

from articles.models import Article

from .bounds import KEY
from .shown import Row

STATES = ("00", "01", "10", "11")  # what readers get, what the drop says
ID = re.compile(r"form-([0-9]{1,6})-id")


@dataclass(frozen=True, slots=True)
class Posted:
    """The check-boxes that a form sends, by the articles they are of."""

    published: Mapping[int, bool]
    contradicted: frozenset[int]  # articles that it names twice, with two answers


def posted_list(data: QueryDict) -> Posted:
    """The check-boxes of the list; raises no error, whatever is sent."""
    published: dict[int, bool] = {}
    contradicted = set()
    for name, values in data.lists():
        if not (of_row := ID.fullmatch(name)):
            continue
        checked = f"form-{of_row[1]}-published" in data
        for pk in (int(value) for value in values if KEY.fullmatch(value)):
            if published.setdefault(pk, checked) != checked:
                contradicted.add(pk)
    return Posted(published, frozenset(contradicted))


def changed(
    posted: Posted, shown: Mapping[int, Row], found: Mapping[int, Article]
) -> list[int]:
    """The articles whose check-box the editor changed, as far as one can tell.

    Where the form does not say what it showed, what the box asks for is his change
    if the database has it otherwise: that row is then refused.
    """
    return [
        pk
        for pk, published in posted.published.items()
        if pk in posted.contradicted
        or published != _was_published(shown.get(pk), found.get(pk))
    ]


def _was_published(row: Row | None, article: Article | None) -> bool:
    if row is not None and row.state in STATES:
        return row.state.startswith("1")
    return article is not None and article.published


def without(shown: Mapping[int, Row], pks: Iterable[int]) -> dict[int, Row]:
    """The rows but those: of these nobody can say what was meant."""
    left_out = set(pks)
    return {pk: row for pk, row in shown.items() if pk not in left_out}
