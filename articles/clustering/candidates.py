"""Which pairs of pages are worth comparing at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from .problem import ClusterPage, RelatedList

WINDOW_HOURS = 15 * 24.0


def members(found: RelatedList, pages: Mapping[str, ClusterPage]) -> list[str]:
    """The known pages of a list and its owner, earliest first, each once."""
    keys = {key for key in (found.owner, *found.named) if key in pages}
    return sorted(keys, key=lambda key: (pages[key].hours, key))


def listed_pairs(
    found: RelatedList, pages: Mapping[str, ClusterPage]
) -> Iterator[tuple[str, str]]:
    """Pairs (smaller key first) that one list names, 15 days apart at most."""
    ordered = members(found, pages)
    for place, key in enumerate(ordered):
        latest = pages[key].hours + WINDOW_HOURS
        for other in ordered[place + 1 :]:
            if pages[other].hours > latest:
                break
            yield (key, other) if key < other else (other, key)


def neighbours(
    pages: Mapping[str, ClusterPage], lists: Iterable[RelatedList]
) -> dict[str, set[str]]:
    """Page -> pages it is compared with; pages without any are left out."""
    beside: defaultdict[str, set[str]] = defaultdict(set)
    for found in lists:
        for a, b in listed_pairs(found, pages):
            beside[a].add(b)
            beside[b].add(a)
    return dict(beside)
