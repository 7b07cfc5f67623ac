"""The quick way through a drop in the regular layout: known entries are not parsed.

Why the result is the one of parsing the whole file:
- The file without its entries must parse, with `related` as a key of the block map at
  the top, without a value, just where the entries were cut out. So the scanner is in no
  quote, bracket or block text at that place, before and after.
- Each entry must parse by itself, as a list of one block map at the same columns, with
  no anchor, alias, tag or block text. So it opens nothing that it does not close, and
  what stands before and after it cannot change its meaning.
Whatever is otherwise is left to the slow way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .drop import Drop, Problem
from .entry_cache import EntryCache, ReadEntry
from .front_matter import (
    FrontMatter,
    NoFrontMatter,
    check_characters,
    front_matter,
    text_below,
)
from .limits import MAX_BYTES, MAX_NODES, MAX_RELATED
from .nodes import Mapping, Scalar, Sequence
from .notes import Notes, located, shifted
from .pieces import split_pieces
from .tree import BrokenYaml, Tree, build_tree
from .validate import validated, validated_entry

_KEY = "related"
_IRREGULAR = ReadEntry(None, regular=False)
_BREAK = re.compile(rb"\r\n?|\n")


@dataclass(frozen=True, slots=True)
class _Skeleton:
    """A drop without its related entries."""

    front: FrontMatter
    tree: Tree
    splice: int
    """Index into the front matter's text at which the entries were cut out."""


def read_spliced(
    raw: bytes, entries: EntryCache
) -> tuple[Drop | None, list[Problem]] | None:
    """Read a drop in the regular layout; None means: read it the slow way."""
    if len(raw) > MAX_BYTES:
        return None
    pieces = split_pieces(raw)
    head, blocks, tail = pieces[0], pieces[1:-1], pieces[-1]
    # A byte order mark would move every index by one: rare, so left to the slow way.
    if not head.startswith(b"---") or not 0 < len(blocks) <= MAX_RELATED:
        return None
    skeleton = _skeleton(head, tail)
    if skeleton is None:
        return None
    read = [_read_block(block, entries) for block in blocks]
    size = skeleton.tree.size + sum(one.size for one in read)
    if size > MAX_NODES or not all(one.regular for one in read):
        return None
    notes = Notes()
    related = [one.entry for one in read if one.entry is not None]
    drop = validated(skeleton.tree.root, notes, related)
    problems = _problems_of_blocks(head, blocks, read)
    problems += _problems_of_skeleton(skeleton, notes, blocks)
    return drop, problems


def _skeleton(head: bytes, tail: bytes) -> _Skeleton | None:
    try:
        front = front_matter(head + tail)
        tree = build_tree(front.text)
    except (NoFrontMatter, BrokenYaml):
        return None
    root, splice = tree.root, len(head.decode("utf-8")) - front.begin
    if tree.notes or not isinstance(root, Mapping) or root.flow:
        return None
    key, value = root.keys.get(_KEY), root.values.get(_KEY)
    line_end = 2 if head.endswith(b"\r\n") else 1
    if key is None or key.start + len(_KEY) + 1 + line_end != splice:
        return None
    if not (isinstance(value, Scalar) and value.plain and not value.text):
        return None
    return _Skeleton(front, tree, splice)


def _read_block(block: bytes, entries: EntryCache) -> ReadEntry:
    read = entries.get(block)
    if read is None:
        read = _parsed_block(block)
        entries.put(block, read)
    return read


def _parsed_block(block: bytes) -> ReadEntry:
    try:
        text = block.decode("utf-8")
        check_characters(text, 1)
        tree = build_tree(text)
    except (UnicodeDecodeError, NoFrontMatter, BrokenYaml):
        return _IRREGULAR
    root = tree.root
    if tree.notes or not tree.self_contained or not isinstance(root, Sequence):
        return _IRREGULAR
    if root.flow or root.start != 2 or len(root.items) != 1:
        return _IRREGULAR
    notes = Notes()
    entry = validated_entry(root.items[0], notes)
    return ReadEntry(entry, tuple(located(notes.found, text, 1)), tree.size)


def _problems_of_blocks(
    head: bytes, blocks: list[bytes], read: list[ReadEntry]
) -> list[Problem]:
    if not any(one.problems for one in read):
        return []
    problems = []
    lines = _lines(head)
    for index, (block, one) in enumerate(zip(blocks, read, strict=True)):
        path = f"{_KEY}[{index}]"
        problems += [shifted(problem, lines, path) for problem in one.problems]
        lines += _lines(block)
    return problems


def _problems_of_skeleton(
    skeleton: _Skeleton, notes: Notes, blocks: list[bytes]
) -> list[Problem]:
    front = skeleton.front
    found = notes.found
    if not found and front.text_below is None:
        return []
    cut_out = sum(map(_lines, blocks))
    before = [n for n in found if n.at is None or n.at < skeleton.splice]
    after = [n for n in found if n.at is not None and n.at >= skeleton.splice]
    problems = located(before, front.text, front.first_line)
    problems += located(after, front.text, front.first_line + cut_out)
    if front.text_below is not None:
        problems.append(text_below(front.text_below + cut_out))
    return problems


def _lines(part: bytes) -> int:
    return len(_BREAK.findall(part))
