"""The values of a drop's YAML: texts with their places, and what each text means.

`start` and `end` are indexes into the text that was parsed; `size` counts a value and
all inside it, what aliases stand for included. A text means what YAML 1.1 says, each
number and date within bounds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, NoReturn, TypeAlias

import yaml

from articles.rules.canonical_url import InvalidUrl, canonical_url
from articles.rules.text.clean import clean_text

from .problems import echo

MERGE = "<<"
QUOTED_MERGE = '"<<"'
INTEGERS = range(-(2**63), 2**63)
MAX_PIXELS = 100_000  # of a picture's side
# Beyond these years time zones, feeds and archives stop working one by one.
YEARS = range(1900, 2200)

_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_TRUE = frozenset(("true", "yes", "on"))
_FALSE = frozenset(("false", "no", "off"))
_DECIMAL = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,40})")
# Everything else that YAML 1.1 reads as a whole number: 1_000, 0x1F, 0b1, 010, 1:30.
_ODD_INTEGER = re.compile(r"[-+]?[0-9][0-9a-fA-FxX_:]{0,40}")
_MOMENT = re.compile(
    r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})"
    r"(?:(?:[Tt]|[ \t]+)(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})"
    r"(?::(?P<second>[0-9]{2})(?:\.(?P<fraction>[0-9]*))?)?"
    r"(?:[ \t]*(?:[Zz]|(?P<sign>[-+])(?P<zone_hour>[0-9]{1,2})"
    r"(?::?(?P<zone_minute>[0-9]{2}))?))?)?",
    re.ASCII,
)
_RESOLVER: Any = yaml.resolver.Resolver()
_STRING = "tag:yaml.org,2002:str"


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


class Unusable(ValueError):
    """The value cannot be what its field needs; the message says why, for people."""


def is_null(node: Node | None) -> bool:
    """Whether a value is missing, or present and empty."""
    if node is None:
        return True
    return isinstance(node, Scalar) and node.plain and node.text in _NULLS


def is_read_otherwise(node: Scalar) -> bool:
    """Whether YAML 1.1 would make a number, a date or a truth value of this text."""
    if not node.plain:
        return False
    tag: str = _RESOLVER.resolve(yaml.ScalarNode, node.text, (True, False))
    return tag != _STRING


def visible_text(node: Node | None, limit: int) -> Scalar:
    """Return a text in which something can be seen, or raise Unusable."""
    if node is None:
        raise Unusable("is missing, and every article needs one")
    if not isinstance(node, Scalar):
        raise Unusable("must be text, not a list or a map")
    if not clean_text(node.text):
        raise Unusable("is blank: nothing in it could be seen")
    if len(node.text) > limit:
        raise Unusable(f"is longer than {limit:,} characters")
    return node


def whole_number(node: Node) -> int:
    """Return a whole number of 64 bits, in quotes or not, or raise Unusable."""
    if not isinstance(node, Scalar):
        raise Unusable("must be one whole number")
    text = node.text.strip(" ")
    if _DECIMAL.fullmatch(text):
        number = int(text)
    elif node.plain and _ODD_INTEGER.fullmatch(text):
        number = _as_yaml_reads(text)
    else:
        raise Unusable(f"must be a whole number, which {echo(text)} is not")
    if number not in INTEGERS:
        raise Unusable("is a number that does not fit in 64 bits")
    return number


def pixels(node: Node) -> int:
    """Return the length of a picture's side, or raise Unusable."""
    try:
        number = whole_number(node)
    except Unusable:
        number = 0
    if 0 < number <= MAX_PIXELS:
        return number
    raise Unusable(
        f"must be a whole number from 1 to {MAX_PIXELS:,}; the size is left out"
    )


def url_text(node: Node) -> str:
    """Return a URL verbatim, "" if it is blank, or raise Unusable."""
    if not isinstance(node, Scalar):
        raise Unusable("must be one URL, not a list or a map")
    if not node.text.strip():
        return ""
    try:
        canonical_url(node.text)
    except InvalidUrl as problem:
        raise Unusable(str(problem)) from None
    return node.text


def truth(node: Node) -> bool:
    """Return true or false as YAML 1.1 reads plain words, or raise Unusable.

    Text in quotes is neither: “off” must not put anything on line.
    """
    word = node.text.lower() if isinstance(node, Scalar) and node.plain else ""
    if word in _TRUE or word in _FALSE:
        return word in _TRUE
    raise Unusable("must be true or false, without quotes")


def moment(node: Node) -> datetime:
    """Return a date and time in UTC, or raise Unusable. Without a zone it is UTC."""
    text = node.text.strip(" ") if isinstance(node, Scalar) else ""
    found = _MOMENT.fullmatch(text)
    if found is None:
        raise Unusable(
            "must be a date and time such as 2024-04-09T06:07:00Z,"
            f" which {echo(text)} is not"
        )
    try:
        result = _utc(found)
    except OverflowError:
        raise Unusable("is no date of the calendar in UTC") from None
    except ValueError as problem:
        raise Unusable(f"is no date of the calendar: {problem}") from None
    if result.year not in YEARS:
        years = f"{YEARS.start} to {YEARS.stop - 1}"
        raise Unusable(f"{echo(text)} is outside the years {years}")
    return result


def _utc(found: re.Match[str]) -> datetime:
    year, month, day = int(found["year"]), int(found["month"]), int(found["day"])
    hour, minute = int(found["hour"] or 0), int(found["minute"] or 0)
    second = int(found["second"] or 0)
    micro = int((found["fraction"] or "")[:6].ljust(6, "0"))
    zone = UTC
    if int(found["zone_hour"] or 0) > 23 or int(found["zone_minute"] or 0) > 59:
        raise ValueError("its time zone is off by a day or more")
    if found["sign"]:
        offset = timedelta(
            hours=int(found["zone_hour"]), minutes=int(found["zone_minute"] or 0)
        )
        zone = timezone(-offset if found["sign"] == "-" else offset)
    given = datetime(year, month, day, hour, minute, second, micro, tzinfo=zone)
    return given.astimezone(UTC)


def _as_yaml_reads(text: str) -> int:
    try:
        number = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError):
        number = None
    if isinstance(number, int) and not isinstance(number, bool):
        return number
    raise Unusable(f"must be a whole number, which {echo(text)} is not")
