"""What clustering asks to know of pages; `articles.library` has what answers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from .candidates import Posting
from .problem import ClusterPage, Constraint


class Library(Protocol):
    """All that is known of pages, lists and constraints, asked by key."""

    def pages(self, keys: Iterable[str]) -> Mapping[str, ClusterPage]:
        """The pages of these keys; unknown keys are left out."""

    def listed_with(
        self, keys: Iterable[str], *, spare: int = 0
    ) -> Mapping[str, Iterable[str]]:
        """Key -> keys that some list names together with it, repeats allowed.

        A list's owner counts as named by it. Pages that more than `FULL_LISTS`
        lists name are left out, and have none; `spare` is added to that.
        """

    def listed(self, keys: Iterable[str]) -> Collection[str]:
        """Those of the keys that own a list or that a list names."""

    def postings(self, keys: Iterable[str]) -> Mapping[str, Iterable[Posting]]:
        """Key -> postings under which the page is found; it may have none."""

    def holders(self, found: Iterable[Posting]) -> Mapping[Posting, frozenset[str]]:
        """Posting -> keys of the pages that have it."""

    def constraints(self, keys: Iterable[str]) -> Iterable[Constraint]:
        """The constraints that name one of these keys."""
