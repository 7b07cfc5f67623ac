"""From the bytes of a drop to a Drop or its Problems: the one door of the parser."""

from __future__ import annotations

from dataclasses import dataclass

from .drop import Drop, Problem
from .entry_cache import EntryCache
from .front_matter import FrontMatter, NoFrontMatter, front_matter, text_below
from .notes import Notes, located, reported
from .spliced import read_spliced
from .tree import BrokenYaml, build_tree
from .validate import validated

__all__ = ["EntryCache", "Reading", "read_drop"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds: `drop` is None exactly if one of the problems is an error.

    Problems are sorted by place and cut at some twenty. None of them repeats `secured`.
    """

    drop: Drop | None
    problems: tuple[Problem, ...]


def read_drop(raw: bytes, *, entries: EntryCache | None = None) -> Reading:
    """Read the bytes of one file. Never raises, whatever they are.

    With a cache, related entries whose bytes were read before are not parsed again;
    the result is the same. Share one cache between the files of a run.
    """
    found = read_spliced(raw, entries) if entries is not None else None
    if found is None:
        found = _read_whole(raw)
    drop, problems = found
    return Reading(drop, reported(problems))


def _read_whole(raw: bytes) -> tuple[Drop | None, list[Problem]]:
    try:
        front = front_matter(raw)
    except NoFrontMatter as problem:
        return None, [problem.problem]
    notes = Notes()
    drop = _drop_of(front, notes)
    problems = located(notes.found, front.text, front.first_line)
    if front.text_below is not None:
        problems.append(text_below(front.text_below))
    return drop, problems


def _drop_of(front: FrontMatter, notes: Notes) -> Drop | None:
    try:
        tree = build_tree(front.text)
    except BrokenYaml as problem:
        notes.found.append(problem.note)
        return None
    notes.found += tree.notes
    return validated(tree.root, notes)
