"""Indexes: entries under the letters their names begin with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from articles.rules.text.alphabet import filing_key, letter_of

Entry = TypeVar("Entry")

FEW = 30  # entries that are found at a glance, without letters


@dataclass(frozen=True, slots=True)
class Letter(Generic[Entry]):
    """Entries under one letter, which is "" where an index has none."""

    name: str
    entries: tuple[Entry, ...]

    @property
    def anchor(self) -> str:
        return f"letter-{self.name.lower().replace('–', '-')}"


@dataclass(frozen=True, slots=True)
class Index(Generic[Entry]):
    """All entries in the order of names."""

    letters: tuple[Letter[Entry], ...]
    total: int

    @property
    def has_letters(self) -> bool:
        return len(self.letters) > 1


def index(entries: Iterable[Entry], name: Callable[[Entry], str]) -> Index[Entry]:
    """Sort entries by name and, unless they are few, cut them into letters."""
    filed = sorted(entries, key=lambda entry: filing_key(name(entry)))
    if len(filed) <= FEW:
        return Index((Letter("", tuple(filed)),) if filed else (), len(filed))
    under: dict[str, list[Entry]] = defaultdict(list)
    for entry in filed:
        under[letter_of(name(entry))].append(entry)
    letters = (Letter(letter, tuple(found)) for letter, found in under.items())
    return Index(tuple(letters), len(filed))
