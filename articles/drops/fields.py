"""Reading the fields of one map, of a picture and of a publisher.

Each value is checked, and each fault noted.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from difflib import get_close_matches
from typing import TypeVar

from articles.rules.canonical_url import names_user
from articles.rules.hostname import provider_domain
from articles.rules.text.clean import clean_text, has_control_characters

from .drop import (
    IMAGE_KEYS,
    MAX_IMAGES,
    MAX_NAME,
    MAX_TITLE,
    MAX_WORD,
    PROVIDER_KEYS,
    ImageRef,
    ProviderRef,
)
from .problems import MAX_PROBLEMS, Notes, Severity, key_name
from .values import (
    Mapping,
    Node,
    Scalar,
    Sequence,
    Unusable,
    is_null,
    is_read_otherwise,
    moment,
    pixels,
    truth,
    url_text,
    visible_text,
    whole_number,
)

_T = TypeVar("_T")
_NOBODY = ProviderRef("", "")


class Fields:
    """The fields of one map.

    `severity` is that of a fault in a number, a date or a needed text: an error for
    the drop itself, a warning where the part can be left out.
    """

    def __init__(self, mapping: Mapping, notes: Notes, severity: Severity) -> None:
        self.mapping = mapping
        self.notes = notes
        self.severity = severity

    def node(self, name: str) -> Node | None:
        """Return a value, or None where it is missing or empty."""
        node = self.mapping.values.get(name)
        return None if is_null(node) else node

    def at(self, name: str) -> int:
        """Return where a field stands, or its map if the field is missing."""
        node = self.mapping.values.get(name)
        return self.mapping.start if node is None else node.start

    def fault(self, name: str, message: str) -> None:
        """Note a fault, of the severity of these fields."""
        self.notes.add(self.severity, self.at(name), name, message)

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

    def needed_text(self, name: str, limit: int) -> str:
        """Return a text verbatim in which something can be seen; "" notes a fault."""
        try:
            node = visible_text(self.node(name), limit)
        except Unusable as problem:
            self.fault(name, str(problem))
            return ""
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
        return default if reason else text

    def checked_url(self, name: str) -> tuple[str, str]:
        """Return a URL verbatim ("" if missing or blank) and what is wrong with it."""
        node = self.node(name)
        try:
            text = "" if node is None else url_text(node)
        except Unusable as problem:
            return "", str(problem)
        if names_user(text):
            self.warn(name, "holds a user name or a password: take it out")
        return text, ""

    def word(self, name: str, default: str) -> str:
        """Return a short text, cleaned; the default where nothing is left of it."""
        return clean_text(self.text(name, MAX_WORD, default)) or default

    def number(self, name: str) -> int | None:
        """Return a whole number of 64 bits; None where missing or a fault was noted."""
        node = self.node(name)
        number = self._read(name, node, whole_number)
        if number is not None and isinstance(node, Scalar) and not node.plain:
            self.warn(name, "is a number in quotes: take them away")
        return number

    def pixels(self, name: str) -> int | None:
        """Return the length of a picture's side; None where missing or unusable."""
        return self._read(name, self.node(name), pixels)

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

    def warn_of_unknown(self, known: Collection[str]) -> None:
        """Note a warning for each key that is not known."""
        for name in self.mapping.values:
            if name not in known:
                hint = self._meant(name, known)
                message = f"unknown key, kept in the file and not used{hint}"
                self.notes.warn(self.mapping.keys[name].start, key_name(name), message)

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


def images_of(fields: Fields) -> tuple[ImageRef, ...]:
    """Return the usable pictures of a map's `images`, with a warning for the others."""
    items = fields.items("images")
    if len(items) > MAX_IMAGES:
        fields.warn("images", f"more than {MAX_IMAGES}: the others are left out")
    found = []
    for index, item in enumerate(items[:MAX_IMAGES]):
        image = _image(item, fields.notes.within(f"images[{index}]"))
        if image is not None:
            found.append(image)
    return tuple(found)


def provider_of(fields: Fields, canonical: str) -> ProviderRef:
    """Return a map's publisher; its domain is "" where the fault was noted.

    A missing name or domain is made up for by the other, and that by the page's host.
    In a related entry even the whole map may be missing.
    """
    node = fields.node("provider")
    host = provider_domain(canonical)
    if isinstance(node, Mapping):
        notes = fields.notes.within("provider")
        return _provider(Fields(node, notes, fields.severity), host)
    message = "must be a map with name and domain"
    if fields.severity == "error":
        fields.fault("provider", message if node else f"is missing: it {message}")
        return _NOBODY
    fields.warn("provider", f"{message}; the host of its link stands in")
    return ProviderRef(host, host)


def _provider(fields: Fields, host: str) -> ProviderRef:
    fields.warn_of_unknown(PROVIDER_KEYS)
    name = clean_text(fields.text("name", MAX_NAME))
    given = fields.text("domain", MAX_NAME).strip()
    domain = provider_domain(given)
    if given and not domain:
        fields.warn("domain", "is no host name; the host of the link stands in")
    if not name and not domain:
        fields.fault("name", "is missing, and so is the domain")
        return _NOBODY
    if not name:
        fields.warn("name", "is missing or blank; the domain stands in")
    if fields.node("domain") is None:
        fields.warn("domain", "is missing; the host of the link stands in")
    domain = domain or host
    if not domain:
        return _NOBODY  # There is no link either, which is noted elsewhere.
    images_of(fields)  # Logos are shown nowhere; what is wrong with them is noted.
    return ProviderRef(name or domain, domain)


def _image(node: Node, notes: Notes) -> ImageRef | None:
    if not isinstance(node, Mapping):
        notes.warn(node.start, "", "must be a map with url, width and height; left out")
        return None
    fields = Fields(node, notes, "warning")
    fields.warn_of_unknown(IMAGE_KEYS)
    url, reason = fields.checked_url("url")
    if reason or not url:
        fields.warn("url", f"{reason or 'is missing'}; the picture is left out")
        return None
    if names_user(url):
        return None  # Readers would ask for it with the password, and see it.
    width, height = fields.pixels("width"), fields.pixels("height")
    title = fields.text("title", MAX_TITLE)
    return ImageRef(url, width, height, title, fields.truth("isCached"))
