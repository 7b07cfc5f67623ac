"""What a form of the desk was made from: it travels with each row, and comes back.

A row is spelled `pk.state.newest`: its primary key, what was shown of it, and the
newest decision there was. What comes back is compared with the database of today, so
that nobody decides on a row that he has not seen as it is. Nothing of it is secret,
and who forges it deceives nobody but himself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import QueryDict

NAME = "shown"
SPELLED = re.compile(r"([0-9]{1,18})\.([0-9a-z-]{1,60})\.([0-9]{1,18})")
MAX = 10**18  # newer than every decision
UNSAID = "the form does not say what it showed of it"


@dataclass(frozen=True, slots=True)
class Row:
    """What was shown of one row."""

    pk: int
    state: str
    newest: int  # pk of the newest decision at that time

    def __str__(self) -> str:
        return f"{self.pk}.{self.state}.{self.newest}"


def shown_rows(data: QueryDict, name: str = NAME) -> dict[int, Row]:
    """The rows that a form showed; those said twice and differently are left out."""
    found: dict[int, Row] = {}
    doubtful: set[int] = set()
    for text in " ".join(data.getlist(name)).split():
        if spelled := SPELLED.fullmatch(text):
            row = Row(int(spelled[1]), spelled[2], int(spelled[3]))
            if found.setdefault(row.pk, row) != row:
                doubtful.add(row.pk)
    return {pk: row for pk, row in found.items() if pk not in doubtful}


def spelled_rows(rows: Iterable[Row]) -> str:
    """Rows as one value of a form."""
    return " ".join(map(str, rows))


def oldest(rows: Mapping[int, Row]) -> int:
    """The newest decision that was known when the oldest of these rows was shown."""
    return min((row.newest for row in rows.values()), default=0)
