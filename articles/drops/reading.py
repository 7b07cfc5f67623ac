"""From the bytes of a drop to a Reading: the one door of the parser.

A drop goes through three stages: how its file is laid out, the tree of its YAML, what
its fields say. The door leads a file through each in turn; no stage calls another.

A list in the regular layout is read by its pieces, and entries that were read before
are not parsed again. Why the result is the one of reading the whole file:
- The file without its entries must parse, with `related` as a key of the block map at
  the top, without a value, just where the entries were cut out. So the scanner is in no
  quote, bracket or block text at that place, before and after.
- Each entry must parse by itself, as a list of one block map at the same columns, with
  no anchor, alias, tag or block text. So it opens nothing that it does not close, and
  what stands before and after it cannot change its meaning.
Whatever is otherwise is Irregular, and read as a whole.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping as Map
from contextlib import suppress
from datetime import datetime
from typing import TypeAlias

from .drop import Drop, ReadEntry, Reading
from .layout import (
    FrontMatter,
    Irregular,
    NoFrontMatter,
    Pieces,
    entry_text,
    front_matter,
    line_count,
    regular_pieces,
)
from .problems import Notes, Problem, located, reported, shifted, text_below
from .tree import MAX_NODES, BrokenYaml, Tree, build_tree
from .validate import validated, validated_entry
from .values import Mapping, Scalar, Sequence

_Until: TypeAlias = datetime | None
_Cut: TypeAlias = list[bytes] | None
_Found: TypeAlias = tuple[Drop | None, list[Problem]]
_KEY = "related"
_IRREGULAR = ReadEntry(None, regular=False)


def read_drop(
    raw: bytes,
    *,
    entries: EntryCache | None = None,
    until: datetime | None = None,
    pieces: _Cut = None,
) -> Reading:
    """Read the bytes of one file. Never raises, whatever they are.

    With a cache, related entries whose bytes were read before are not parsed again;
    the result is the same. Share one cache between the files of a run. A drop that is
    dated later than `until` gets a warning. `pieces` are those of `split_pieces`, where
    the caller has them.
    """
    drop, problems = _read(raw, entries, until, pieces)
    return Reading(drop, reported(problems))


class EntryCache:
    """Entries read lately, bounded in number and in bytes of their pieces.

    A piece is known by its bytes, which take less than what was read of them: a
    repeated entry costs a look-up. The least lately used go first. For one thread.
    """

    def __init__(
        self, max_entries: int = 20_000, *, max_bytes: int = 24 * 1024 * 1024
    ) -> None:
        self._max_entries = max_entries
        self._max_bytes = max_bytes
        self._bytes = 0
        self._known: OrderedDict[bytes, ReadEntry] = OrderedDict()

    def __len__(self) -> int:
        return len(self._known)

    def get(self, piece: bytes) -> ReadEntry | None:
        """Return what a piece held when it was read before."""
        known = self._known.get(piece)
        if known is not None:
            self._known.move_to_end(piece)
        return known

    def put(self, piece: bytes, read: ReadEntry) -> None:
        """Remember what a piece holds."""
        if self._known.pop(piece, None) is None:
            self._bytes += len(piece)
        self._known[piece] = read
        while len(self._known) > self._max_entries or self._bytes > self._max_bytes:
            self._bytes -= len(self._known.popitem(last=False)[0])


def _read(raw: bytes, cache: EntryCache | None, until: _Until, cut: _Cut) -> _Found:
    if cache is not None:
        with suppress(Irregular):
            return _read_by_pieces(regular_pieces(raw, cut), cache, until)
    return _read_whole(raw, until)


def _read_whole(raw: bytes, until: datetime | None) -> _Found:
    try:
        front = front_matter(raw)
    except NoFrontMatter as problem:
        return None, [problem.problem]
    notes = Notes()
    drop = _drop_of(front, notes, until)
    problems = located(notes.found, front.text, front.first_line)
    return drop, problems + text_below(front.text_below)


def _drop_of(front: FrontMatter, notes: Notes, until: datetime | None) -> Drop | None:
    try:
        tree = build_tree(front.text)
    except BrokenYaml as problem:
        notes.found.append(problem.note)
        return None
    notes.found += tree.notes
    return validated(tree.root, notes, until=until)


def _read_by_pieces(pieces: Pieces, cache: EntryCache, until: _Until) -> _Found:
    rest, read = _rest_and_entries(pieces, cache)
    related = [one.entry for one in read if one.entry is not None]
    notes = Notes()
    drop = validated(rest.root, notes, related, until=until)
    problems = _problems_of_entries(pieces, read)
    return drop, problems + _problems_of_rest(pieces, notes)


def _rest_and_entries(
    pieces: Pieces, cache: EntryCache
) -> tuple[Tree, list[ReadEntry]]:
    # Each stage is done with all pieces before the next begins.
    known = {piece: cache.get(piece) for piece in pieces.entries}
    texts = {piece: entry_text(piece) for piece, one in known.items() if one is None}
    rest = _tree_of_rest(pieces)
    trees = _trees_of_entries(texts, MAX_NODES - rest.size, cache)
    new = {piece: _entry(tree, texts[piece]) for piece, tree in trees.items()}
    read = [known[piece] or _kept(new, piece, cache) for piece in pieces.entries]
    size = rest.size + sum(one.size for one in read)
    if size > MAX_NODES or not all(one.regular for one in read):
        raise Irregular
    return rest, read


def _tree_of_rest(pieces: Pieces) -> Tree:
    """Return the tree of a drop without its entries, or raise Irregular."""
    try:
        tree = build_tree(pieces.front.text)
    except BrokenYaml:
        raise Irregular from None
    root = tree.root
    if tree.notes or not isinstance(root, Mapping) or root.flow:
        raise Irregular
    key, value = root.keys.get(_KEY), root.values.get(_KEY)
    line_end = 2 if pieces.head.endswith(b"\r\n") else 1
    if key is None or key.start + len(_KEY) + 1 + line_end != pieces.cut_at:
        raise Irregular
    if not (isinstance(value, Scalar) and value.plain and not value.text):
        raise Irregular
    return tree


def _trees_of_entries(
    texts: Map[bytes, str], room: int, cache: EntryCache
) -> dict[bytes, Tree]:
    """Return trees of no more values than there is room for, or raise Irregular."""
    trees = {}
    for piece, text in texts.items():
        tree = _tree_of_entry(text)
        if tree is None:
            cache.put(piece, _IRREGULAR)
            raise Irregular
        trees[piece] = tree
        room -= tree.size
        if room < 0:
            raise Irregular
    return trees


def _tree_of_entry(text: str) -> Tree | None:
    try:
        tree = build_tree(text)
    except BrokenYaml:
        return None
    root = tree.root
    if tree.notes or not tree.self_contained or not isinstance(root, Sequence):
        return None
    regular = not root.flow and root.start == 2 and len(root.items) == 1
    return tree if regular else None


def _entry(tree: Tree, text: str) -> ReadEntry:
    assert isinstance(tree.root, Sequence)
    notes = Notes()
    entry = validated_entry(tree.root.items[0], notes)
    return ReadEntry(entry, tuple(located(notes.found, text, 1)), tree.size)


def _kept(new: Map[bytes, ReadEntry], piece: bytes, cache: EntryCache) -> ReadEntry:
    cache.put(piece, new[piece])
    return new[piece]


def _problems_of_entries(pieces: Pieces, read: list[ReadEntry]) -> list[Problem]:
    if not any(one.problems for one in read):
        return []
    problems = []
    lines = line_count(pieces.head)
    for index, (piece, one) in enumerate(zip(pieces.entries, read, strict=True)):
        path = f"{_KEY}[{index}]"
        problems += [shifted(problem, lines, path) for problem in one.problems]
        lines += line_count(piece)
    return problems


def _problems_of_rest(pieces: Pieces, notes: Notes) -> list[Problem]:
    front, found = pieces.front, notes.found
    if not found and front.text_below is None:
        return []
    cut_out = sum(map(line_count, pieces.entries))
    before = [n for n in found if n.at is None or n.at < pieces.cut_at]
    after = [n for n in found if n.at is not None and n.at >= pieces.cut_at]
    problems = located(before, front.text, front.first_line)
    problems += located(after, front.text, front.first_line + cut_out)
    return problems + text_below(front.text_below, cut_out)
