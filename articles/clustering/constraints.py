"""Editors' constraints: read in order, contradictions kept apart, then enforced.

Constraints are read by serial. Of several on one pair the latest counts, since an
editor who says the opposite has changed their mind. Otherwise what was laid down
first stands, and a later constraint that contradicts it is set aside as a Conflict.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from .components import Forest
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
        merges: list[Constraint] = []
        splits: list[Constraint] = []
        conflicts: list[Conflict] = []
        for one in _latest_of_each_pair(constraints, known):
            against = _contradicted(one, merges, splits)
            if against:
                conflicts.append(Conflict(one, against))
            else:
                (merges if one.kind == "merge" else splits).append(one)
        return cls(tuple(merges), tuple(splits), tuple(conflicts))

    def apart(self) -> set[tuple[str, str]]:
        """Pairs that splits keep apart, for each page bound to either end."""
        bound = Forest()
        for merge in self.merges:
            bound.join(merge.a, merge.b)
        sides: defaultdict[str, set[str]] = defaultdict(set)
        for one in (*self.merges, *self.splits):
            for key in (one.a, one.b):
                sides[bound.root(key)].add(key)
        return {
            (a, b) if a < b else (b, a)
            for split in self.splits
            for a in sides[bound.root(split.a)]
            for b in sides[bound.root(split.b)]
        }


def enforce(stories: Iterable[Sequence[str]], rules: Rules) -> list[tuple[str, ...]]:
    """Stories changed as little as keeps every rule; sorted."""
    inside = {key: held for held in map(set, stories) for key in held}
    bound = Forest()
    for merge in rules.merges:
        bound.join(merge.a, merge.b)
    # A page that is moved leaves its story before the next one takes it in, or it
    # would bring the whole of it along.
    _part(inside, bound, rules.splits)
    for merge in rules.merges:
        _move(inside, inside[merge.b] | inside[merge.a])
    _part(inside, bound, rules.splits)
    return sorted({tuple(sorted(story)) for story in inside.values()})


def _part(
    inside: dict[str, set[str]], bound: Forest, splits: Iterable[Constraint]
) -> None:
    """Let the second page of each split leave, with whatever is bound to it."""
    for split in splits:
        if inside[split.a] is inside[split.b]:
            leaving = bound.root(split.b)
            _move(inside, {k for k in inside[split.b] if bound.root(k) == leaving})


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

    latest: dict[tuple[str, str], Constraint] = {}
    for one in sorted(constraints, key=order):
        if one.a != one.b and one.a in known and one.b in known:
            low, high = sorted((one.a, one.b))
            latest[low, high] = one
    return sorted(latest.values(), key=order)


def _contradicted(
    one: Constraint, merges: Sequence[Constraint], splits: Sequence[Constraint]
) -> tuple[Constraint, ...]:
    """The earlier rules that one contradicts; none if it can be kept."""
    bound = Forest()
    for merge in merges:
        bound.join(merge.a, merge.b)
    a, b = bound.root(one.a), bound.root(one.b)
    if one.kind == "split":
        return _path(merges, one.a, one.b) if a == b else ()
    for split in splits:
        if {bound.root(split.a), bound.root(split.b)} == {a, b}:
            ends = (split.a, split.b)
            if bound.root(split.a) != a:
                ends = (split.b, split.a)
            way = _path(merges, one.a, ends[0]) + _path(merges, one.b, ends[1])
            return (split, *way)
    return ()


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
