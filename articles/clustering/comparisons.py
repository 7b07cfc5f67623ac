"""Pages fetched, weighed and compared, each once, while stories are worked out."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice

from .candidates import (
    CONTEXT_HOURS,
    LISTED_HOURS,
    TEXT_HOURS,
    Posting,
    around,
    postings,
    sharing_postings,
)
from .library import Library
from .likeness import Likeness, likelihood, likeness
from .problem import ClusterPage
from .profile import Profile, context, profile
from .term_table import TermTable, current_table
from .terms import Wording, wording

# Of likelihoods below a hundredth only their sum could matter, and it does not.
LEAST_WEIGHT = 10_000
# No list vouches for a pair by text: asked for 30 times the odds of a listed one.
TEXT_HANDICAP = 3.5
# They take most of the memory, and are made again for less than what they follow from.
PROFILES_KEPT = 500
FETCHED = 100  # pages whose lists, or whose words, are looked up together
Row = tuple["array[int]", "array[int]"]


def in_parts(keys: Iterable[str]) -> Iterator[list[str]]:
    """Keys in parts small enough that all that is beside them can be held."""
    source = iter(keys)
    while held := list(islice(source, FETCHED)):
        yield held


class Comparisons:
    """What is worked out about a library's pages; the library must not change."""

    def __init__(self, library: Library, table: TermTable | None = None) -> None:
        self._table = table or current_table()
        self._library = library
        self._pages: dict[str, ClusterPage | None] = {}
        self._wordings: dict[str, Wording] = {}
        # Not as sets, which take eight times as much: long lists have very many.
        self._listed: dict[str, tuple[str, ...]] = {}
        self._by_text: dict[str, frozenset[str]] = {}
        self._asked: set[str] = set()
        self._in_lists: set[str] = set()
        self._profiles: dict[str, Profile] = {}
        self._compared: set[str] = set()
        # Of each page: others by number, and the weights of these pairs.
        self._rows: dict[str, Row] = {}
        self._numbers: dict[str, int] = {}
        self._names: list[str] = []

    def page(self, key: str) -> ClusterPage | None:
        """The page of a key, if there is one."""
        if key not in self._pages:
            self.fetch((key,))
        return self._pages[key]

    def known(self, keys: Iterable[str]) -> list[str]:
        """Those of the keys that pages have, in order."""
        wanted = list(keys)
        self.fetch(key for key in wanted if key not in self._pages)
        return [key for key in wanted if self._pages[key] is not None]

    def fetch(self, keys: Iterable[str]) -> None:
        """Fetch pages with what is listed with them, in few questions."""
        for some in in_parts(key for key in keys if key not in self._listed):
            self._fetch(some)

    def _fetch(self, new: Sequence[str]) -> None:
        listed = self._library.listed_with(new)
        self._load(set(new).union(*listed.values()))
        for key in new:
            near = self._near(key, set(listed.get(key, ())), CONTEXT_HOURS)
            self._listed[key] = tuple(near)

    def fetch_compared(self, keys: Iterable[str]) -> None:
        """Fetch all that comparing these pages asks for, in few questions for all."""
        wanted = sorted(keys)
        self.fetch(wanted)
        known = self.known(wanted)
        self._find_by_text(key for key in known if key not in self._by_text)
        # Whom they are compared with is seen in the light of its own lists.
        partners = (self._by_text[key].union(self._listed[key]) for key in known)
        self.fetch(set().union(*partners))

    def wording(self, key: str) -> Wording:
        """The words of a known page."""
        if key not in self._wordings:
            page = self._known(key)
            self._wordings[key] = wording(page.title, page.excerpt)
        return self._wordings[key]

    def listed_with(self, key: str) -> tuple[str, ...]:
        """Known pages that a list names together with this one; its context."""
        if key not in self._listed:
            self.fetch((key,))
        return self._listed[key]

    def by_text(self, key: str) -> frozenset[str]:
        """Pages that share rare words with this one in its days, one in no list."""
        if key not in self._by_text:
            self._find_by_text((key,))
        return self._by_text[key]

    def candidates(self, key: str) -> Iterator[tuple[str, bool]]:
        """Pages to compare this one with, in order, and whether a list says so."""
        here, listed = self._known(key), frozenset(self.listed_with(key))
        for other in sorted(listed | self.by_text(key)):
            window = LISTED_HOURS if other in listed else TEXT_HOURS
            if abs(here.hours - self._known(other).hours) <= window:
                yield other, other in listed

    def compared_with(self, key: str) -> Iterator[tuple[str, int]]:
        """Pages that this one is compared with, and the weight of each pair."""
        self._compare(key)
        others, weights = self._rows[key]
        return zip(map(self._names.__getitem__, others), weights, strict=True)

    def compared_among(
        self, key: str, among: Collection[str]
    ) -> Iterator[tuple[str, int]]:
        """The same of some pages only, in order; the others are not looked at."""
        for other, listed in self.candidates(key):
            if other in among and (weight := self._weight(key, other, listed)):
                yield other, weight

    def _compare(self, key: str) -> None:
        """Weigh this page's pairs, which both pages then know of."""
        if key in self._compared:
            return
        self._compared.add(key)
        own = self._row(key)
        for other, listed in self.candidates(key):
            if other not in self._compared:
                weight = self._weight(key, other, listed)
                if weight:
                    for row, end in ((own, other), (self._row(other), key)):
                        row[0].append(self._numbers[end])
                        row[1].append(weight)

    def _row(self, key: str) -> Row:
        """What was weighed of a page so far. A long list has very many pairs."""
        if key not in self._rows:
            self._rows[key] = array("I"), array("I")
            self._numbers[key] = len(self._names)
            self._names.append(key)
        return self._rows[key]

    def _weight(self, key: str, other: str, listed: bool) -> int:
        """The weight of a pair, 0 where it is too little to matter."""
        handicap = 0.0 if listed else TEXT_HANDICAP
        weight = likelihood(self.likeness(key, other), handicap=handicap)
        return weight if weight >= LEAST_WEIGHT else 0

    def likeness(self, a: str, b: str) -> Likeness:
        """The features of a pair of known pages."""
        return likeness(*self.profiles(a, b))

    def profiles(self, a: str, b: str) -> tuple[Profile, Profile]:
        """Both pages as they are compared with each other."""
        around_a, around_b = self.listed_with(a), self.listed_with(b)
        if bool(around_a) == bool(around_b):
            return self._profile(a), self._profile(b)
        # What a list says of one page's subject holds for the other's, too.
        if around_a:
            return self._profile(a), self._weighed(b, around_a)
        return self._weighed(a, around_b), self._profile(b)

    def _profile(self, key: str) -> Profile:
        if key not in self._profiles:
            if len(self._profiles) >= PROFILES_KEPT:
                self._profiles.clear()
            self._profiles[key] = self._weighed(key, self.listed_with(key))
        return self._profiles[key]

    def _weighed(self, key: str, around: Collection[str]) -> Profile:
        """A page in the light of those that are listed with it, or with another."""
        words = self.wording(key)
        listed = context((self.wording(other) for other in around), words)
        return profile(self._known(key), words, listed, self._table)

    def _known(self, key: str) -> ClusterPage:
        page = self.page(key)
        if page is None:
            raise KeyError(key)
        return page

    def _find_by_text(self, keys: Iterable[str]) -> None:
        """Find for all of these known pages at once the candidates by text."""
        for some in in_parts(keys):
            self._find_some_by_text(some)

    def _find_some_by_text(self, keys: Iterable[str]) -> None:
        own = {key: self._postings(key) for key in keys}
        places = {near for held in own.values() for one in held for near in around(one)}
        holders = self._library.holders(places)
        found = {
            key: sharing_postings(self._known(key), held, holders)
            for key, held in own.items()
        }
        self._ask_lists(set(found).union(*found.values()))
        for key in self._in_lists.intersection(found):
            found[key] -= self._in_lists
        self._load(set().union(*found.values()))
        for key, others in found.items():
            self._by_text[key] = self._near(key, others, TEXT_HOURS)

    def _ask_lists(self, keys: set[str]) -> None:
        """Find out which of the keys are in lists."""
        new = sorted(keys - self._asked)
        self._asked.update(new)
        self._in_lists.update(self._library.listed(new) if new else ())

    def _load(self, keys: Iterable[str]) -> None:
        wanted = sorted(key for key in keys if key not in self._pages)
        found = self._library.pages(wanted) if wanted else {}
        self._pages.update((key, found.get(key)) for key in wanted)

    def _near(self, key: str, others: Iterable[str], hours: float) -> frozenset[str]:
        here = self._pages[key]
        if here is None:
            return frozenset()
        return frozenset(
            there.key
            for other in others
            if (there := self._pages[other]) is not None
            and other != key
            and abs(there.hours - here.hours) <= hours
        )

    def _postings(self, key: str) -> list[Posting]:
        return postings(self._known(key), self.wording(key), self._table)
