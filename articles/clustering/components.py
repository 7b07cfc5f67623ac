"""Sets of keys that pairs connect, by union-find."""

from __future__ import annotations

from collections.abc import Iterable


class Forest:
    """Union-find over keys; the root of a set is its smallest key."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def root(self, key: str) -> str:
        """The smallest key of the set that holds this key."""
        parent = self._parent.setdefault(key, key)
        while parent != key:
            grand = self._parent[parent]
            self._parent[key] = grand
            key, parent = parent, grand
        return key

    def join(self, a: str, b: str) -> None:
        """Make one set of the two."""
        low, high = sorted((self.root(a), self.root(b)))
        self._parent[high] = low


def components(
    keys: Iterable[str], pairs: Iterable[tuple[str, str]]
) -> list[tuple[str, ...]]:
    """Sets of keys that pairs connect: sorted tuples, sorted."""
    forest = Forest()
    sets: dict[str, list[str]] = {}
    for a, b in pairs:
        forest.join(a, b)
    for key in sorted(set(keys)):
        sets.setdefault(forest.root(key), []).append(key)
    return sorted(tuple(found) for found in sets.values())
