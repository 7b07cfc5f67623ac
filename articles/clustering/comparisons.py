"""Pages fetched, weighed and compared, each once, while stories are worked out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

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


class Comparisons:
    """What is worked out about a library's pages; the library must not change."""

    def __init__(self, library: Library, table: TermTable | None = None) -> None:
        self._table = table or current_table()
        self._library = library
        self._pages: dict[str, ClusterPage | None] = {}
        self._wordings: dict[str, Wording] = {}
        self._listed: dict[str, frozenset[str]] = {}
        self._by_text: dict[str, frozenset[str]] = {}
        self._asked: set[str] = set()
        self._in_lists: set[str] = set()
        self._holders: dict[Posting, frozenset[str]] = {}
        self._profiles: dict[str, Profile] = {}
        # Of each page that was compared: the others, with weights that matter.
        self._weights: dict[str, dict[str, int]] = {}

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
        """Fetch pages with what is listed with them, in two questions."""
        new = [key for key in keys if key not in self._listed]
        listed = {
            key: set(found) for key, found in self._library.listed_with(new).items()
        }
        wanted = set(new).union(*listed.values()) - self._pages.keys()
        found = self._library.pages(sorted(wanted))
        self._pages.update((key, found.get(key)) for key in wanted)
        for key in new:
            self._listed[key] = self._near(key, listed.get(key, ()), CONTEXT_HOURS)

    def fetch_compared(self, keys: Iterable[str]) -> None:
        """Fetch all that comparing these pages asks for, in few questions for all."""
        wanted = sorted(keys)
        self.fetch(wanted)
        known = self.known(wanted)
        self._find_by_text(key for key in known if key not in self._by_text)
        # Whom they are compared with is seen in the light of its own lists.
        partners = (self._listed[key] | self._by_text[key] for key in known)
        self.fetch(set().union(*partners))

    def wording(self, key: str) -> Wording:
        """The words of a known page."""
        if key not in self._wordings:
            page = self._known(key)
            self._wordings[key] = wording(page.title, page.excerpt)
        return self._wordings[key]

    def listed_with(self, key: str) -> frozenset[str]:
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
        here, listed = self._known(key), self.listed_with(key)
        for other in sorted(listed | self.by_text(key)):
            window = LISTED_HOURS if other in listed else TEXT_HOURS
            if abs(here.hours - self._known(other).hours) <= window:
                yield other, other in listed

    def compared_with(
        self, key: str, *, among: Collection[str] | None = None
    ) -> Iterator[tuple[str, int]]:
        """Pages (of some) this one is compared with, and the weight of each pair."""
        if among is None:
            if key not in self._weights:
                self._weights[key] = dict(self._weigh(key, None))
            yield from self._weights[key].items()
        else:
            yield from self._weigh(key, among)

    def _weigh(
        self, key: str, among: Collection[str] | None
    ) -> Iterator[tuple[str, int]]:
        for other, listed in self.candidates(key):
            if among is not None and other not in among:
                continue
            if other in self._weights:
                # Seen from the other end already; what is not kept weighs too little.
                weight = self._weights[other].get(key, 0)
            else:
                handicap = 0.0 if listed else TEXT_HANDICAP
                weight = likelihood(self.likeness(key, other), handicap=handicap)
            if weight >= LEAST_WEIGHT:
                yield other, weight

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
        own = {key: self._postings(key) for key in keys}
        holders = self._holders_of(
            near for held in own.values() for one in held for near in around(one)
        )
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

    def _holders_of(self, found: Iterable[Posting]) -> dict[Posting, frozenset[str]]:
        wanted = list(found)
        new = [posting for posting in wanted if posting not in self._holders]
        if new:
            self._holders.update(self._library.holders(new))
        return {posting: self._holders[posting] for posting in wanted}
