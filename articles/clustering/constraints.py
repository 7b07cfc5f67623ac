"""Editors' constraints: read in order, contradictions kept apart, then enforced.

Constraints are read by serial. Of several on one pair the latest counts, since an
editor who says the opposite has changed their mind. Otherwise what was laid down
first stands, and a later constraint that contradicts it is set aside as a Conflict.

They change stories that are cut already, so that only what they name can move. Where
a split goes through a story, each side of it is a story of its own, and a page that
no split of the story names follows whom it is tied to most strongly.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from .components import Forest
from .linkage import Pair, Ties, pair
from .problem import Conflict, Constraint


@dataclass(frozen=True, slots=True)
class Rules:
    """Constraints that agree with each other, and those that do not."""

    merges: tuple[Constraint, ...]
    splits: tuple[Constraint, ...]
    conflicts: tuple[Conflict, ...]

    @classmethod
    def read(cls, constraints: Iterable[Constraint], known: Collection[str]) -> Rules:
        """Sort out constraints; those on unknown pages wait for them unheard."""
        reading = _Reading()
        for one in _latest_of_each_pair(constraints, known):
            reading.add(one)
        return cls(
            tuple(reading.merges), tuple(reading.splits), tuple(reading.conflicts)
        )


def enforce(
    stories: Iterable[Sequence[str]], rules: Rules, tied: Ties
) -> list[tuple[str, ...]]:
    """Stories changed as little as keeps every rule; sorted.

    `tied` has the ties that the stories were made of.
    """
    bound = Forest()
    for merge in rules.merges:
        bound.join(merge.a, merge.b)
    inside = {
        key: part
        for story in _cut(stories, rules, bound, tied)
        for part in [set(story)]
        for key in part
    }
    for merge in rules.merges:
        _move(inside, inside[merge.b] | inside[merge.a])
    # A merge of pages from here and there may bring together what is to be apart.
    for split in rules.splits:
        if inside[split.a] is inside[split.b]:
            leaving = bound.root(split.b)
            _move(inside, {k for k in inside[split.b] if bound.root(k) == leaving})
    return sorted({tuple(sorted(story)) for story in inside.values()})


def _cut(
    stories: Iterable[Sequence[str]], rules: Rules, bound: Forest, tied: Ties
) -> Iterator[Sequence[str]]:
    """The stories, those that splits go through in parts."""
    apart: defaultdict[str, set[str]] = defaultdict(set)
    for split in rules.splits:
        a, b = bound.root(split.a), bound.root(split.b)
        apart[a].add(b)
        apart[b].add(a)
    whole: list[dict[str, list[str]]] = []
    for story in stories:
        by_root: dict[str, list[str]] = {}
        for key in story if apart else ():
            by_root.setdefault(bound.root(key), []).append(key)
        if any(not apart[root].isdisjoint(by_root) for root in by_root):
            whole.append(by_root)
        else:
            yield story
    place = {
        key: (number, root)
        for number, by_root in enumerate(whole)
        for root, keys in by_root.items()
        for key in keys
    }
    beside = _between(place, tied)
    for number, by_root in enumerate(whole):
        sides = [root for root in by_root if not apart[root].isdisjoint(by_root)]
        for roots in _followers(sides, number, beside):
            yield [key for root in roots for key in by_root[root]]


Node = tuple[int, str]  # a story by its number, and pages of it that are bound


def _between(
    place: Mapping[str, Node], tied: Ties
) -> Mapping[Node, list[tuple[int, Pair, str]]]:
    """What ties bound pages to others of their story: weight, the tie, whom to."""
    beside: defaultdict[Node, list[tuple[int, Pair, str]]] = defaultdict(list)
    for key, (number, root) in place.items():
        for other, weight in tied(key):
            there = place.get(other)
            if there and there[0] == number and there[1] != root:
                beside[number, root].append((weight, pair(key, other), there[1]))
    return beside


def _followers(
    sides: Iterable[str],
    number: int,
    beside: Mapping[Node, Sequence[tuple[int, Pair, str]]],
) -> Iterable[list[str]]:
    """The sides of a story with what follows each over its strongest ties.

    Those ties make a maximum spanning forest. To bind pages that are in one part
    changes ties within that part alone, so no page of another part ever moves.
    """
    part_of = {side: side for side in sides}
    waiting: list[tuple[int, Pair, str, str]] = []

    def look_around(root: str) -> None:
        for weight, ends, other in beside.get((number, root), ()):
            if other not in part_of:
                heapq.heappush(waiting, (-weight, ends, other, part_of[root]))

    for side in list(part_of):
        look_around(side)
    while waiting:
        _, _, root, side = heapq.heappop(waiting)
        if root not in part_of:
            part_of[root] = side
            look_around(root)
    parts: defaultdict[str, list[str]] = defaultdict(list)
    for root, side in part_of.items():
        parts[side].append(root)
    return parts.values()


def _move(inside: dict[str, set[str]], together: set[str]) -> None:
    for key in together:
        inside[key].discard(key)
    for key in together:
        inside[key] = together


def _latest_of_each_pair(
    constraints: Iterable[Constraint], known: Collection[str]
) -> list[Constraint]:
    def order(one: Constraint) -> tuple[int, str, str, str]:
        return one.serial, min(one.a, one.b), max(one.a, one.b), one.kind

    latest: dict[Pair, Constraint] = {}
    for one in sorted(constraints, key=order):
        if one.a != one.b and one.a in known and one.b in known:
            latest[pair(one.a, one.b)] = one
    return sorted(latest.values(), key=order)


class _Reading:
    """Constraints that were read so far, and which pages they bind and part."""

    def __init__(self) -> None:
        self.merges: list[Constraint] = []
        self.splits: list[Constraint] = []
        self.conflicts: list[Conflict] = []
        self._bound = Forest()
        # Of each root: the roots it is apart from, by the place of the first split.
        self._apart: defaultdict[str, dict[str, int]] = defaultdict(dict)

    def add(self, one: Constraint) -> None:
        """Keep a constraint if it agrees with those before it."""
        against = self._contradicted(one)
        if against:
            self.conflicts.append(Conflict(one, against))
        elif one.kind == "merge":
            self.merges.append(one)
            self._join(self._bound.root(one.a), self._bound.root(one.b))
        else:
            a, b = self._bound.root(one.a), self._bound.root(one.b)
            for root, other in ((a, b), (b, a)):
                self._apart[root].setdefault(other, len(self.splits))
            self.splits.append(one)

    def _join(self, a: str, b: str) -> None:
        if a == b:
            return
        self._bound.join(a, b)
        kept = self._bound.root(a)
        gone = b if kept == a else a
        for other, place in self._apart.pop(gone, {}).items():
            del self._apart[other][gone]
            first = min(place, self._apart[kept].get(other, place))
            self._apart[kept][other] = self._apart[other][kept] = first

    def _contradicted(self, one: Constraint) -> tuple[Constraint, ...]:
        """The earlier rules that one contradicts; none if it can be kept."""
        a, b = self._bound.root(one.a), self._bound.root(one.b)
        if one.kind == "split":
            return _path(self.merges, one.a, one.b) if a == b else ()
        if b not in self._apart[a]:
            return ()
        split = self.splits[self._apart[a][b]]
        ends = (split.a, split.b)
        if self._bound.root(split.a) != a:
            ends = (split.b, split.a)
        way = _path(self.merges, one.a, ends[0]) + _path(self.merges, one.b, ends[1])
        return (split, *way)


def _path(merges: Sequence[Constraint], a: str, b: str) -> tuple[Constraint, ...]:
    """The fewest merges that bind one page to another."""
    beside: defaultdict[str, list[tuple[str, Constraint]]] = defaultdict(list)
    for merge in merges:
        beside[merge.a].append((merge.b, merge))
        beside[merge.b].append((merge.a, merge))
    came: dict[str, tuple[Constraint, ...]] = {a: ()}
    waiting = [a]
    for key in waiting:
        for other, merge in beside[key]:
            if other not in came:
                came[other] = (*came[key], merge)
                waiting.append(other)
    return came[b]
