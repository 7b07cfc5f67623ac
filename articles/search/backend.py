"""What a database has to do for search, and which one does it here."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from django.db import connection

from articles.models.page import PageQuerySet

from .hit import EntryText, Hit, Hits
from .plain import PlainBackend
from .query import Clause, SearchQuery
from .sqlite import SqliteBackend


class Backend(Protocol):
    """Holds the words of entries and finds them; all answers are newest first.

    The pages asked about are visible ones, so that nothing else is ever found.
    """

    def write(self, texts: Sequence[EntryText]) -> None:
        """Hold the words of new entries. Those of deleted ones go by themselves."""

    def purge(self) -> None:
        """Leave nothing of deleted words in the database's files."""

    def hits(
        self,
        query: SearchQuery,
        within: PageQuerySet,
        *,
        most: int,
        before: int | None = None,
        ranked: bool = False,
    ) -> Hits:
        """The newest of these pages that meet the query, with ids less than `before`.

        Of pages that are narrowed, no more than NARROWED with the words are looked at.
        Scores and titles are there where they are to be `ranked`.
        """

    def loose_hits(
        self, query: SearchQuery, within: PageQuerySet, *, most: int
    ) -> Hits:
        """The newest of these pages that say any of the words: rare ones, if any are.

        Words that are not wanted may be among theirs. Hits bring all their words.
        """

    def hits_of(
        self, query: SearchQuery, within: PageQuerySet, *, stories: Collection[int]
    ) -> list[Hit]:
        """All of these pages that meet the query and belong to one of the stories."""

    def beside(
        self, query: SearchQuery, within: PageQuerySet, *, most: int
    ) -> list[Hit]:
        """Those of these pages in whose stories one of the newest meets the query.

        No more than `most` that meet it are looked at. Hits bring all their words.
        """

    def counts(self, queries: Sequence[SearchQuery], *, most: int) -> list[int]:
        """How many visible pages meet each of these, up to `most`."""

    def matching(
        self, query: SearchQuery, within: PageQuerySet, *, most: int
    ) -> PageQuerySet:
        """Those of these pages that are among the newest to meet the query."""

    def unknown(self, names: Sequence[Clause]) -> list[Clause]:
        """Which of these names no publisher of a visible page has."""


def backend() -> Backend:
    """The one for the database in use."""
    return SqliteBackend() if connection.vendor == "sqlite" else PlainBackend()
