"""Average linkage: stories out of pairs, by agreement instead of by chains.

Two groups join while the mean likelihood over *all* pairs between them stays at the
threshold; pairs nobody compared count as zero. One strong edge between two big
events does not join them, and a chain of follow-ups ends where the agreement does.
The best pair of groups joins first; ties go to the smallest keys.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping

from .components import components

Pair = tuple[str, str]  # smaller key first
Edges = Mapping[Pair, int]  # millionths of certainty


def pair(a: str, b: str) -> Pair:
    """The two keys in their order."""
    return (a, b) if a < b else (b, a)


def link(keys: Iterable[str], edges: Edges, threshold: int) -> list[tuple[str, ...]]:
    """Groups of keys.

    A join needs an edge at the threshold, for a mean is no more than its greatest
    part. So the components of such edges can be linked one by one.
    """
    strong = [ends for ends, weight in edges.items() if weight >= threshold]
    groups: list[tuple[str, ...]] = []
    for members, inside in _by_component(components(keys, strong), edges):
        if len(members) == 1:
            groups.append(members)
        else:
            groups.extend(_Linking(members, inside).groups(threshold))
    return sorted(groups)


def _by_component(
    found: list[tuple[str, ...]], edges: Edges
) -> list[tuple[tuple[str, ...], dict[Pair, int]]]:
    place = {key: n for n, members in enumerate(found) for key in members}
    inside: list[dict[Pair, int]] = [{} for _ in found]
    for (a, b), weight in edges.items():
        if place[a] == place[b]:
            inside[place[a]][a, b] = weight
    return list(zip(found, inside, strict=True))


class _Linking:
    """Agglomeration of one component. A group goes by its smallest key."""

    def __init__(self, members: Iterable[str], edges: Edges) -> None:
        self._groups = {key: [key] for key in members}
        self._sums: dict[str, dict[str, int]] = {key: {} for key in self._groups}
        for (a, b), weight in edges.items():
            self._sums[a][b] = self._sums[b][a] = weight
        self._heap: list[tuple[float, str, str]] = []

    def groups(self, threshold: int) -> list[tuple[str, ...]]:
        """Join the best pair of groups again and again."""
        for a, sums in self._sums.items():
            for b in sums:
                if a < b:
                    self._offer(a, b, threshold)
        while self._heap:
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
