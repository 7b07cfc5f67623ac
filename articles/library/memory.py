"""A library of plain values: for tests, for tools, and within other libraries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import chain

from articles.clustering import ClusterPage, Constraint, RelatedList, candidates
from articles.clustering.candidates import Posting, postings
from articles.clustering.term_table import TermTable, current_table
from articles.clustering.terms import wording


class MemoryLibrary:
    """A library of plain values; it does not change."""

    def __init__(
        self,
        pages: Iterable[ClusterPage],
        lists: Iterable[RelatedList],
        constraints: Iterable[Constraint] = (),
        *,
        table: TermTable | None = None,
    ) -> None:
        self._table = table or current_table()
        self._pages = {page.key: page for page in pages}
        self._lists: list[tuple[str, ...]] = []
        self._lists_of: defaultdict[str, list[int]] = defaultdict(list)
        for one in lists:
            if not one.named:
                continue
            # Many lists repeat each other, and each says its pairs once only.
            for key in {one.owner, *one.named}:
                self._lists_of[key].append(len(self._lists))
            self._lists.append((one.owner, *one.named))
        named = Counter(chain.from_iterable(set(one[1:]) for one in self._lists))
        self._often = [
            (key, count)
            for key, count in named.items()
            if count > candidates.FULL_LISTS
        ]
        self._constraints: defaultdict[str, list[Constraint]] = defaultdict(list)
        for constraint in constraints:
            for key in {constraint.a, constraint.b}:
                self._constraints[key].append(constraint)
        self._postings: dict[str, list[Posting]] = {}
        self._holders: dict[Posting, frozenset[str]] | None = None

    @property
    def keys(self) -> list[str]:
        """Keys of all pages, sorted."""
        return sorted(self._pages)

    def pages(self, keys: Iterable[str]) -> Mapping[str, ClusterPage]:
        """The pages of these keys; unknown keys are left out."""
        return {key: self._pages[key] for key in keys if key in self._pages}

    def listed_with(
        self, keys: Iterable[str], *, spare: int = 0
    ) -> Mapping[str, Iterable[str]]:
        """Key -> keys that some list names together with it, common ones left out."""
        most = candidates.FULL_LISTS + spare
        common = {key for key, count in self._often if count > most}
        return {
            key: set().union(*(self._lists[n] for n in self._lists_of.get(key, ())))
            - common
            for key in keys
            if key not in common
        }

    def listed(self, keys: Iterable[str]) -> Collection[str]:
        """Those of the keys that own a list or that a list names."""
        return {key for key in keys if key in self._lists_of}

    def postings(self, keys: Iterable[str]) -> Mapping[str, Iterable[Posting]]:
        """Key -> the postings that the page's words give; unknown keys left out."""
        found = self.pages(keys)
        for key, page in found.items():
            if key not in self._postings:
                words = wording(page.title, page.excerpt)
                self._postings[key] = postings(page, words, self._table)
        return {key: self._postings[key] for key in found}

    def holders(self, found: Iterable[Posting]) -> Mapping[Posting, frozenset[str]]:
        """Posting -> keys of the pages that have it."""
        if self._holders is None:
            self._holders = self._index()
        nobody: frozenset[str] = frozenset()
        return {posting: self._holders.get(posting, nobody) for posting in found}

    def constraints(self, keys: Iterable[str]) -> Iterable[Constraint]:
        """The constraints that name one of these keys."""
        return {one for key in keys for one in self._constraints.get(key, ())}

    def _index(self) -> dict[Posting, frozenset[str]]:
        index: defaultdict[Posting, set[str]] = defaultdict(set)
        for key, found in self.postings(self._pages).items():
            for posting in found:
                index[posting].add(key)
        return {posting: frozenset(keys) for posting, keys in index.items()}
