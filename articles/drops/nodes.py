"""The values of a drop's YAML, still as texts, with their places.

`start` and `end` are indexes into the text that was parsed; `size` counts a value and
all inside it, what aliases stand for included.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NoReturn, TypeAlias

MERGE = "<<"
QUOTED_MERGE = '"<<"'


@dataclass(slots=True, eq=False)
class Scalar:
    """One text; `plain` if it stands without quotes, so that it may mean a number."""

    text: str
    plain: bool
    start: int
    end: int
    size: int = 1


@dataclass(slots=True, eq=False)
class Sequence:
    """A list; `flow` if it is written in brackets."""

    start: int
    flow: bool
    end: int = 0
    items: list[Node] = field(default_factory=list)
    size: int = 1


@dataclass(slots=True, eq=False)
class Mapping:
    """A map: values and the scalars that are their keys, by the keys' text."""

    start: int
    flow: bool
    end: int = 0
    keys: dict[str, Scalar] = field(default_factory=dict)
    values: dict[str, Node] = field(default_factory=dict)
    size: int = 1
    pending: Scalar | None = None


Node: TypeAlias = Scalar | Sequence | Mapping


def merge(node: Mapping, stop: Callable[[int, str], NoReturn]) -> None:
    """Resolve a map's merge key as YAML 1.1 does: its own keys win, then the first.

    Calls `stop` with place and message if what is merged is no map.
    """
    del node.keys[MERGE]
    merged = node.values.pop(MERGE)
    for source in merged.items if isinstance(merged, Sequence) else [merged]:
        if not isinstance(source, Mapping):
            stop(merged.start, "the merge key << takes a map or a list of maps")
        for name, value in source.values.items():
            if name not in node.values:
                node.keys[name] = source.keys[name]
                node.values[name] = value


def walk(node: Node) -> Iterator[tuple[str, Node]]:
    """Yield every value below a node once more with its key ("" in lists)."""
    waiting: list[tuple[str, Node]] = [("", node)]
    while waiting:
        name, found = waiting.pop()
        yield name, found
        if isinstance(found, Mapping):
            waiting.extend(found.values.items())
        elif isinstance(found, Sequence):
            waiting.extend(("", item) for item in found.items)
