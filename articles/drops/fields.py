"""Reading the fields of one map of a drop: each value checked, each fault noted."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from difflib import get_close_matches
from typing import TypeVar

from articles.rules.canonical_url import InvalidUrl, canonical_url
from articles.rules.text.clean import clean_text, has_control_characters

from .drop import Severity
from .limits import MAX_PROBLEMS
from .nodes import Mapping, Node, Scalar, Sequence
from .notes import Notes, key_name
from .scalars import Unusable, is_null, is_read_otherwise, moment, truth, whole_number

_T = TypeVar("_T")


class Fields:
    """The fields of one map.

    `gravity` is what a fault in a number, a date or a needed text means: an error for
    the drop itself, a warning where the part can be left out.
    """

    def __init__(self, mapping: Mapping, notes: Notes, gravity: Severity) -> None:
        self.mapping = mapping
        self.notes = notes
        self.gravity = gravity

    def node(self, name: str) -> Node | None:
        """Return a value, or None where it is missing or empty."""
        node = self.mapping.values.get(name)
        return None if is_null(node) else node

    def at(self, name: str) -> int:
        """Return where a field stands, or its map if the field is missing."""
        node = self.mapping.values.get(name)
        return self.mapping.start if node is None else node.start

    def fault(self, name: str, message: str) -> None:
        """Note a fault of the gravity of these fields."""
        self.notes.add(self.gravity, self.at(name), name, message)

    def warn(self, name: str, message: str) -> None:
        """Note what is strange about a field and does no harm."""
        self.notes.warn(self.at(name), name, message)

    def text(self, name: str, limit: int, default: str = "") -> str:
        """Return a text less NULs; the default where it is missing or unusable."""
        node = self.node(name)
        if node is None:
            return default
        if not isinstance(node, Scalar):
            self.warn(name, "must be text, and is left out: it is a list or a map")
            return default
        if len(node.text) > limit:
            self.warn(name, f"is longer than {limit:,} characters, and is left out")
            return default
        if has_control_characters(node.text):
            self.warn(name, "holds a control character, which readers will not get")
        # PostgreSQL cannot store a NUL; the raw bytes of the drop keep its escape.
        return node.text.replace("\0", "")

    def needed_text(self, name: str, limit: int) -> str | None:
        """Return a text verbatim in which something can be seen, or note the fault."""
        node = self.node(name)
        reason = _why_no_text(node, limit)
        if reason or not isinstance(node, Scalar):
            self.fault(name, reason)
            return None
        if is_read_otherwise(node):
            self.warn(
                name, "is taken as text, though YAML reads more: put it in quotes"
            )
        return self.text(name, limit)

    def url(self, name: str, default: str = "") -> str:
        """Return a URL verbatim; the default, with a warning, where it is no URL."""
        text, reason = self.checked_url(name)
        if reason:
            self.warn(name, f"{reason}; it is left out")
            return default
        return text

    def checked_url(self, name: str) -> tuple[str, str]:
        """Return a URL verbatim ("" if missing or blank) and what is wrong with it."""
        node = self.node(name)
        if node is None:
            return "", ""
        if not isinstance(node, Scalar):
            return "", "must be one URL, not a list or a map"
        if not node.text.strip():
            return "", ""
        try:
            canonical_url(node.text)
        except InvalidUrl as problem:
            return "", str(problem)
        return node.text, ""

    def number(self, name: str) -> int | None:
        """Return a whole number of 64 bits; None where missing or a fault was noted."""
        node = self.node(name)
        number = self._read(name, node, whole_number)
        if number is not None and isinstance(node, Scalar) and not node.plain:
            self.warn(name, "is a number in quotes: take them away")
        return number

    def moment(self, name: str) -> datetime | None:
        """Return a time in UTC; None where missing or a fault was noted."""
        return self._read(name, self.node(name), moment)

    def truth(self, name: str) -> bool:
        """Return true or false; false where missing or a fault was noted."""
        return self._read(name, self.node(name), truth) or False

    def items(self, name: str) -> list[Node]:
        """Return the members of a list; what is no list counts as a list of one."""
        node = self.node(name)
        if node is None:
            return []
        return node.items if isinstance(node, Sequence) else [node]

    def unknown(self, known: Collection[str]) -> tuple[str, ...]:
        """Return the keys that are not known, with a warning for each."""
        names = [name for name in self.mapping.values if name not in known]
        for name in names:
            hint = self._meant(name, known)
            message = f"unknown key, kept in the file and not used{hint}"
            self.notes.warn(self.mapping.keys[name].start, key_name(name), message)
        return tuple(key_name(name) for name in names)

    def _meant(self, name: str, known: Collection[str]) -> str:
        # Comparing words is slow, and a hostile file may hold fifty thousand.
        if len(self.notes.found) > MAX_PROBLEMS:
            return ""
        near = get_close_matches(name[:40], known, n=1, cutoff=0.75)
        return f": is {near[0]} meant?" if near else ""

    def _read(
        self, name: str, node: Node | None, read: Callable[[Node], _T]
    ) -> _T | None:
        if node is None:
            return None
        try:
            return read(node)
        except Unusable as problem:
            self.fault(name, str(problem))
            return None


def _why_no_text(node: Node | None, limit: int) -> str:
    if node is None:
        return "is missing, and every article needs one"
    if not isinstance(node, Scalar):
        return "must be text, not a list or a map"
    if not clean_text(node.text):
        return "is blank: nothing in it could be seen"
    if len(node.text) > limit:
        return f"is longer than {limit:,} characters"
    return ""
