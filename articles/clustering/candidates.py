"""Which pairs of pages are compared at all.

Listed pairs: some list names both (or names one and its drop is the other), at most
30 days apart, which is how late a reprint comes. Text pairs: one of the two is in no
list at all, and within three days they share two of their ten rarest words; so an
article without a list finds its story. Where lists exist they are believed: text
pairs between listed pages made stories worse. The words are kept as postings, each
in a bucket of three days, and a posting that many pages hold is no clue: adding a
page never costs more than its neighbours in time. So it is with lists: a page that
very many of them name (a front page, say) tells nothing of the others on them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from articles.rules.text.terms import first_words, size

from .problem import ClusterPage
from .term_table import TermTable
from .terms import Wording

LISTED_HOURS = 30 * 24.0
CONTEXT_HOURS = LISTED_HOURS
TEXT_HOURS = 3 * 24.0
RARE_TERMS = 10
RARE_IDF = 5.0  # used by fewer than 1 in 55 documents
TERMS_TO_SHARE = 2 - 1e-9  # parts of words add up to a little less
FULL_POSTING = 40
FULL_LISTS = 400  # of real pages the one on most lists is on 197

Posting = tuple[str, int]  # stem, three-day bucket since 1970


def postings(page: ClusterPage, wording: Wording, table: TermTable) -> list[Posting]:
    """The rarest words of a page, under which the page is to be found."""
    bucket = int(page.hours // TEXT_HOURS)
    return [(word, bucket) for word in _rarest(wording, table)]


@lru_cache(maxsize=4096)  # a page's postings are asked for once before each part
def _rarest(wording: Wording, table: TermTable) -> Sequence[str]:
    idf_of, unknown = table.idf.get, table.idf_unknown
    ranked = [(idf_of(word, unknown), word) for word in wording.frequency]
    rarest = sorted([term for term in ranked if term[0] >= RARE_IDF], reverse=True)
    return first_words([word for _, word in rarest], RARE_TERMS)


def around(found: Posting) -> tuple[Posting, Posting, Posting]:
    """The posting and its neighbours in time, where its matches can be."""
    word, bucket = found
    return (word, bucket - 1), found, (word, bucket + 1)


def sharing_postings(
    page: ClusterPage,
    own: list[Posting],
    holders: Mapping[Posting, frozenset[str]],
) -> set[str]:
    """Keys that share enough postings, none of them overfull; windows unchecked."""
    shared: dict[str, float] = {}
    for posting in own:
        if len(holders.get(posting, ())) > FULL_POSTING:
            continue
        for near in around(posting):
            keys = holders.get(near, frozenset())
            if len(keys) <= FULL_POSTING:
                for key in keys:
                    shared[key] = shared.get(key, 0.0) + size(posting[0])
    shared.pop(page.key, None)
    return {key for key, count in shared.items() if count >= TERMS_TO_SHARE}
