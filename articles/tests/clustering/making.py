"""Pages, lists and hypothesis strategies for the tests of clustering."""

from __future__ import annotations

from hypothesis import strategies as st

from articles.clustering import ClusterPage, Constraint, RelatedList, solve
from articles.library.memory import MemoryLibrary

BRIDGE = "Harbour bridge closes after crane collapse"
OTHER = "Orchestra names Finnish conductor for next season"


def page(key, title=BRIDGE, *, excerpt="", hours=0.0, provider=""):
    """A page; name only what the test is about. Each has its own provider."""
    return ClusterPage(key, title, excerpt, hours, provider or f"{key}.example")


KEYS = st.sampled_from("abcdefghijkl")
WORDS = st.sampled_from(
    ["Quixano", "Brzezinka", "zeppelin", "crane", "flood", "vote", "tax", "the"]
)
PAGES = st.builds(
    lambda key, title, excerpt, hours, provider: ClusterPage(
        key, " ".join(title), " ".join(excerpt), hours * 1.5, provider
    ),
    KEYS,
    st.lists(WORDS, max_size=5),
    st.lists(WORDS, max_size=4),
    # Some within a window of words, some within one of lists, some beyond any.
    st.one_of(st.integers(0, 100), st.integers(0, 2000)),
    st.sampled_from(["", "one.example", "two.example"]),
)
LISTS = st.builds(RelatedList, KEYS, st.lists(KEYS, max_size=5).map(tuple))
CONSTRAINTS = st.builds(
    Constraint, st.sampled_from(["merge", "split"]), KEYS, KEYS, st.integers(0, 9)
)


def by_key(pages):
    """Pages, the last of each key."""
    return list({one.key: one for one in pages}.values())


def solution(pages, lists, constraints=()):
    """Stories of all these pages, with the constraints that were set aside."""
    library = MemoryLibrary(pages, lists, constraints)
    return solve(library, library.keys)


def partition(pages, lists, constraints=()):
    """Stories of all these pages: each tuple sorted, the list sorted."""
    return list(solution(pages, lists, constraints).stories)
