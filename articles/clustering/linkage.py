"""Average linkage: stories out of pairs, by agreement instead of by chains.

Two groups join while the mean likelihood over *all* pairs between them stays at the
threshold; pairs nobody compared count as zero. One strong edge between two big
events does not join them, and a chain of follow-ups ends where the agreement does.
The best pair of groups joins first; ties go to the smallest keys.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from .components import Forest, components

Pair = tuple[str, str]  # smaller key first
Edges = Mapping[Pair, int]  # millionths of certainty
Ties = Callable[[str], Iterable[tuple[str, int]]]  # of each key: others, certainty
# Keys linked together, which takes as much memory as they have pairs. Of real drops
# the largest component has 62.
MOST_LINKED = 600


def pair(a: str, b: str) -> Pair:
    """The two keys in their order."""
    return (a, b) if a < b else (b, a)


def link(keys: Iterable[str], tied: Ties, threshold: int) -> list[tuple[str, ...]]:
    """Groups of keys.

    A join needs a tie at the threshold, for a mean is no more than its greatest
    part. So the components of such ties can be linked one by one.
    """
    known = list(keys)
    strong = (
        (key, other)
        for key in known
        for other, weight in tied(key)
        if weight >= threshold
    )
    groups: list[tuple[str, ...]] = []
    for component in components(known, strong):
        for members in _bounded(component, tied):
            if len(members) == 1:
                groups.append(members)
            else:
                groups += _Linking(members, _between(members, tied)).groups(threshold)
    return sorted(groups)


def last_two(keys: Iterable[str], edges: Edges) -> list[tuple[str, ...]]:
    """The groups of two or more keys that would be joined last; all pairs are given."""
    return _Linking(keys, edges).groups(0, fewest=2)


def both_ways(edges: Edges) -> Ties:
    """What pairs tie each key to."""
    beside: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for (a, b), weight in edges.items():
        beside[a].append((b, weight))
        beside[b].append((a, weight))
    return lambda key: beside.get(key, ())


def _bounded(component: tuple[str, ...], tied: Ties) -> list[tuple[str, ...]]:
    """A component in parts of at most `MOST_LINKED` keys.

    The strongest ties hold; of equals those of the smallest keys. One that would
    make a part too large is passed over.
    """
    if len(component) <= MOST_LINKED:
        return [component]
    place = {key: number for number, key in enumerate(component)}
    count = len(component)
    # A number for each tie, which sorts as it does: there may be a million.
    ranked = sorted(
        (-weight * count + place[key]) * count + place[other]
        for key in component
        for other, weight in tied(key)
        if key < other and other in place
    )
    forest = Forest()
    size = dict.fromkeys(component, 1)
    for tie in ranked:
        rest, other = divmod(tie, count)
        a, b = forest.root(component[rest % count]), forest.root(component[other])
        if a != b and size[a] + size[b] <= MOST_LINKED:
            forest.join(a, b)
            size[forest.root(a)] = size[a] + size[b]
    parts: defaultdict[str, list[str]] = defaultdict(list)
    for key in component:
        parts[forest.root(key)].append(key)
    return [tuple(part) for part in parts.values()]


def _between(members: Iterable[str], tied: Ties) -> Edges:
    """The ties within a set of keys."""
    inside = set(members)
    return {
        (key, other): weight
        for key in inside
        for other, weight in tied(key)
        if key < other and other in inside
    }


class _Linking:
    """Agglomeration of one component. A group goes by its smallest key."""

    def __init__(self, members: Iterable[str], edges: Edges) -> None:
        self._groups = {key: [key] for key in members}
        self._sums: dict[str, dict[str, int]] = {key: {} for key in self._groups}
        for (a, b), weight in edges.items():
            self._sums[a][b] = self._sums[b][a] = weight
        self._heap: list[tuple[float, str, str]] = []

    def groups(self, threshold: int, fewest: int = 1) -> list[tuple[str, ...]]:
        """Join the best pair of groups again and again, until they are the fewest."""
        for a, sums in self._sums.items():
            for b in sums:
                if a < b:
                    self._offer(a, b, threshold)
        while self._heap and len(self._groups) > fewest:
            mean, a, b = heapq.heappop(self._heap)
            # A pair that has changed since was offered again with its new mean.
            alive = a in self._groups and b in self._groups
            if alive and -mean == self._mean(a, b):
                self._join(a, b)
                for other in self._sums[a]:
                    self._offer(*pair(a, other), threshold)
        return [tuple(sorted(group)) for group in self._groups.values()]

    def _offer(self, a: str, b: str, threshold: int) -> None:
        mean = self._mean(a, b)
        if mean >= threshold:
            heapq.heappush(self._heap, (-mean, a, b))

    def _mean(self, a: str, b: str) -> float:
        return self._sums[a][b] / (len(self._groups[a]) * len(self._groups[b]))

    def _join(self, a: str, b: str) -> None:
        self._groups[a] += self._groups.pop(b)
        for other, total in self._sums.pop(b).items():
            del self._sums[other][b]
            if other != a:
                total += self._sums[a].get(other, 0)
                self._sums[a][other] = self._sums[other][a] = total
