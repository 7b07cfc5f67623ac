"""How two texts differ, line by line, with bounded work however long they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

AROUND = 3  # equal lines shown around what differs
COMPARED = 5000  # lines of each text that are compared, behind what both begin with
SHOWN = 1000  # lines
LONGEST = 2000  # characters of a line


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a difference; the numbers count from 1, None where it is not."""

    kind: Literal["same", "out", "in", "gap"]
    text: str
    old: int | None = None
    new: int | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs, with a little around it."""

    lines: tuple[Line, ...]
    taken_out: int
    put_in: int
    is_cut: bool  # not all of it was compared, or is shown


def difference(old: str, new: str) -> Difference:
    """How the lines of one text become those of another."""
    before, after = old.splitlines(), new.splitlines()
    start = _alike(before, after)
    end = _alike(before[start:][::-1], after[start:][::-1])
    middle = before[start : len(before) - end], after[start : len(after) - end]
    first, second = (side[:COMPARED] for side in middle)
    is_cut = any(len(side) > COMPARED for side in middle)
    lines = list(_lines(before, after, start, first, second))
    if not is_cut and (first or second):
        lines += _same(before, after, len(before) - end, len(after) - end, AROUND)
    return Difference(
        lines=tuple(lines[:SHOWN]),
        taken_out=sum(one.kind == "out" for one in lines),
        put_in=sum(one.kind == "in" for one in lines),
        is_cut=is_cut or len(lines) > SHOWN,
    )


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """How many lines both begin with."""
    pairs = zip(one, other, strict=False)
    differ = (at for at, (a, b) in enumerate(pairs) if a != b)
    return next(differ, min(len(one), len(other)))


def _lines(
    before: Sequence[str],
    after: Sequence[str],
    start: int,
    first: Sequence[str],
    second: Sequence[str],
) -> Iterator[Line]:
    """What differs between the two in the middle, which begin at a line."""
    if not first and not second:
        return
    shown = max(0, start - AROUND)
    yield from _gap(shown)
    yield from _same(before, after, shown, shown, start - shown)
    matched = SequenceMatcher(None, first, second, autojunk=True)
    for kind, a, a_end, b, b_end in matched.get_opcodes():
        a, a_end, b, b_end = a + start, a_end + start, b + start, b_end + start
        if kind == "equal":
            yield from _between(before, after, a, b, a_end - a)
            continue
        for at in range(a, a_end):
            yield Line("out", before[at][:LONGEST], old=at + 1)
        for at in range(b, b_end):
            yield Line("in", after[at][:LONGEST], new=at + 1)


def _between(
    before: Sequence[str], after: Sequence[str], a: int, b: int, length: int
) -> Iterator[Line]:
    """Equal lines between two differences, those in their midst left out."""
    if length <= 2 * AROUND + 1:
        yield from _same(before, after, a, b, length)
        return
    yield from _same(before, after, a, b, AROUND)
    yield from _gap(length - 2 * AROUND)
    rest = length - AROUND
    yield from _same(before, after, a + rest, b + rest, AROUND)


def _same(
    before: Sequence[str], after: Sequence[str], a: int, b: int, length: int
) -> Iterator[Line]:
    most = min(length, len(before) - a, len(after) - b)
    for at in range(most):
        yield Line("same", before[a + at][:LONGEST], a + at + 1, b + at + 1)


def _gap(length: int) -> Iterator[Line]:
    if length:
        yield Line("gap", f"{length:,} equal {'line' if length == 1 else 'lines'}")
