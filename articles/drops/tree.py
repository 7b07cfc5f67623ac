"""The YAML of a drop as a bounded tree of texts: PyYAML scans, nothing recurses.

PyYAML's events come one by one; the tree is built from them here and not by PyYAML's
composer, whose C version dies of deep nesting, and whose constructor makes numbers and
dates of titles. Aliases and merge keys work as in PyYAML, within bounds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, NoReturn

import yaml

from .problems import SECRET, Note, broken_yaml, joined, key_name
from .values import MERGE, QUOTED_MERGE, Mapping, Node, Scalar, Sequence, merge

# Checked before anything is built from the text: no small file takes much memory.
MAX_DEPTH = 16  # collections within one another; real drops have 5
MAX_NODES = 100_000  # values, an alias counting as all it stands for
MAX_KEYS = 200  # of one map

_SURROGATE = re.compile("[\ud800-\udfff]")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class BrokenYaml(Exception):
    """The text is no YAML, or more than a drop may hold; `note` says what and where."""

    def __init__(self, note: Note) -> None:
        super().__init__(note.message)
        self.note = note


@dataclass(frozen=True, slots=True)
class Tree:
    """What one YAML text holds.

    `notes` are errors that did not stop the reading (a key given twice).
    `self_contained` is true if the text would mean the same within another: no anchors,
    no aliases, no block scalars (whose end depends on the blank lines that follow).
    """

    root: Node | None
    notes: list[Note]
    self_contained: bool
    size: int
    """Keys and values, aliases written out."""
    flow: bool
    """Whether any list or map is written in brackets."""


def build_tree(text: str) -> Tree:
    """Build the one document in text, or raise BrokenYaml.

    A key given twice is noted as an error and keeps its first value.
    """
    # libyaml lets tabs separate values and `?` stand inside plain text in brackets;
    # PyYAML's own scanner does not. Hardly any drop has either: there it decides.
    if "\t" in text:
        return _built(text, yaml.SafeLoader)
    tree = _built(text, _LOADER)
    return _built(text, yaml.SafeLoader) if tree.flow and "?" in text else tree


def _built(text: str, scanner: Any) -> Tree:
    builder = _Builder()
    try:
        loader = scanner(text)
        while type(event := loader.get_event()) is not yaml.StreamEndEvent:
            builder.take(event)
    except (yaml.YAMLError, ValueError, OverflowError) as problem:
        # PyYAML's scanner in Python lets bare errors through, of `\UFFFFFFFF` say.
        raise BrokenYaml(broken_yaml(problem, text)) from None
    return Tree(
        builder.root,
        builder.notes,
        self_contained=builder.self_contained,
        size=builder.size,
        flow=builder.flow,
    )


class _Builder:
    def __init__(self) -> None:
        self.root: Node | None = None
        self.notes: list[Note] = []
        self.self_contained = True
        self.flow = False
        self._open: list[tuple[Sequence | Mapping, str | None]] = []
        self._anchors: dict[str, Node | None] = {}
        self._secret_anchors: set[str] = set()
        self.size = 0

    def take(self, event: Any) -> None:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self._scalar(event)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            self._begin(event)
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self._end(event)
        elif kind is yaml.AliasEvent:
            self._alias(event)
        elif kind is yaml.DocumentStartEvent and self.root is not None:
            self._stop(event, "a second YAML document begins: a drop is one only")

    def _scalar(self, event: Any) -> None:
        style = event.style
        start, end = event.start_mark.index, event.end_mark.index
        node = Scalar(event.value, not style, start, end)
        self._check(event)
        if not node.text.isascii() and _SURROGATE.search(node.text):
            # libyaml refuses such escapes itself; no encoding can hold what they name.
            self._stop(event, "an escape names half a character")
        if style and style in "|>":
            self.self_contained = False
        if event.anchor is not None:
            self._anchors[event.anchor] = node
        self._put(node)

    def _begin(self, event: Any) -> None:
        self._check(event)
        if len(self._open) >= MAX_DEPTH:
            self._stop(event, f"nested deeper than {MAX_DEPTH} levels")
        parent = self._open[-1][0] if self._open else None
        if isinstance(parent, Mapping) and parent.pending is None:
            self._stop(event, "a list or a map cannot be a key: is a quote missing?")
        start, flow = event.start_mark.index, event.flow_style
        self.flow = self.flow or flow
        is_map = type(event) is yaml.MappingStartEvent
        node = Mapping(start, flow) if is_map else Sequence(start, flow)
        self._open.append((node, event.anchor))

    def _end(self, event: Any) -> None:
        node, anchor = self._open.pop()
        node.end = event.end_mark.index
        if isinstance(node, Mapping) and MERGE in node.values:
            merge(node, self._stop_at)
        if anchor is not None:
            self._anchors[anchor] = node
        self._put(node)

    def _alias(self, event: Any) -> None:
        self.self_contained = False
        node = self._anchors.get(event.anchor)
        if event.anchor not in self._anchors:
            self._stop(event, "the alias (*) names an anchor (&) that is not before it")
        if node is None:
            self._stop(event, "the alias (*) names what it stands in itself")
        if event.anchor in self._secret_anchors:
            self._stop(event, f"the alias (*) repeats the value of {SECRET}")
        assert node is not None
        self._count(event, node.size)
        if isinstance(node, Scalar):
            # The copy stands where the alias does, for keys and for messages.
            start, end = event.start_mark.index, event.end_mark.index
            node = replace(node, start=start, end=end)
        self._put(node)

    def _check(self, event: Any) -> None:
        """Refuse tags, keep book of anchors and of the number of values."""
        if event.tag is not None:
            self._stop(event, "a tag (!) is not allowed: put the text in quotes")
        self._count(event, 1)
        anchor = event.anchor
        if anchor is None:
            return
        self.self_contained = False
        if anchor in self._anchors:
            self._stop(event, "an anchor (&) is given twice")
        self._anchors[anchor] = None
        if self._in_secret():
            self._secret_anchors.add(anchor)

    def _count(self, event: Any, size: int) -> None:
        self.size += size
        if self.size > MAX_NODES:
            message = f"more than {MAX_NODES:,} values, aliases (*) written out"
            self._stop(event, message)

    def _put(self, node: Node) -> None:
        if not self._open:
            self.root = node
            return
        parent = self._open[-1][0]
        parent.size += node.size
        if isinstance(parent, Sequence):
            parent.items.append(node)
        elif parent.pending is not None:
            self._put_value(parent, parent.pending, node)
        elif isinstance(node, Scalar):
            parent.pending = node
        else:
            self._stop_at(parent.start, "a list or a map cannot be a key")

    def _put_value(self, parent: Mapping, key: Scalar, node: Node) -> None:
        name = key.text
        if name in parent.values:
            self.notes.append(self._note(key.start, "this key is given twice"))
        elif len(parent.values) >= MAX_KEYS:
            self._stop_at(key.start, f"more than {MAX_KEYS} keys in one map")
        else:
            # A quoted << is an ordinary key; YAML merges at the plain one only.
            name = name if name != MERGE or key.plain else QUOTED_MERGE
            parent.keys[name] = key
            parent.values[name] = node
        parent.pending = None

    def _in_secret(self) -> bool:
        root = self._open[0][0] if self._open else None
        key = root.pending if isinstance(root, Mapping) else None
        return key is not None and key.text == SECRET

    def _stop(self, event: Any, message: str) -> None:
        self._stop_at(event.start_mark.index, message)

    def _stop_at(self, at: int, message: str) -> NoReturn:
        raise BrokenYaml(self._note(at, message))

    def _note(self, at: int, message: str) -> Note:
        return Note(at, self._path(), "error", message)

    def _path(self) -> str:
        path = ""
        for node, _ in self._open[:5]:  # as deep as known fields go
            if isinstance(node, Sequence):
                path += f"[{len(node.items)}]"
            elif node.pending is not None:
                path = joined(path, key_name(node.pending.text))
                if node.pending.text == SECRET:
                    break  # no word of what is inside may reach a message
        return path
