"""Related entries already read, by the bytes of their piece of the file."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass

from .drop import Problem, RelatedEntry


@dataclass(frozen=True, slots=True)
class ReadEntry:
    """What one piece holds.

    Lines of the problems count from the piece's own first line, and their fields are
    named from within the entry; `size` is the number of keys and values. `regular` is
    false if the piece can only be read with the file around it; the rest is then empty.
    """

    entry: RelatedEntry | None
    problems: tuple[Problem, ...] = ()
    size: int = 0
    regular: bool = True


class EntryCache:
    """Entries read lately, bounded in number and in bytes of the pieces.

    A piece is known by a hash of 128 bits of its bytes: a repeated block costs a hash
    and a look-up. The least lately used go first. For one thread.
    """

    def __init__(
        self, max_entries: int = 20_000, *, max_bytes: int = 32 * 1024 * 1024
    ) -> None:
        self._max_entries = max_entries
        self._max_bytes = max_bytes
        self._bytes = 0
        self._known: OrderedDict[bytes, tuple[ReadEntry, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._known)

    def get(self, piece: bytes) -> ReadEntry | None:
        """Return what a piece held when it was read before."""
        key = _digest(piece)
        known = self._known.get(key)
        if known is None:
            return None
        self._known.move_to_end(key)
        return known[0]

    def put(self, piece: bytes, read: ReadEntry) -> None:
        """Remember what a piece holds."""
        key, size = _digest(piece), len(piece)
        if key in self._known:
            self._bytes -= self._known.pop(key)[1]
        self._known[key] = (read, size)
        self._bytes += size
        while len(self._known) > self._max_entries or self._bytes > self._max_bytes:
            self._bytes -= self._known.popitem(last=False)[1][1]


def _digest(piece: bytes) -> bytes:
    return hashlib.blake2b(piece, digest_size=16).digest()
