"""Conditions in force and values refused, in words for readers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.utils.dateformat import format as spelled

from articles.selectors.names import Named

LONGEST = 60  # characters of a value that are said again
ENOUGH = 3  # names in a row before "others"


@dataclass(frozen=True, slots=True)
class Condition:
    """One value of one filter: the parameter, its value, and what it asks for."""

    name: str
    value: str
    label: str  # "Publisher: BBC News"


@dataclass(frozen=True, slots=True)
class Problem:
    """A value that a filter refuses; `valid` says what it would take."""

    name: str
    label: str
    value: str
    valid: str

    def __str__(self) -> str:
        return f"{self.label}: “{shortened(self.value)}” {self.valid}"


def query(conditions: Iterable[Condition], **further: str) -> str:
    """The query string that asks for these, and further parameters that say anything.

    With its question mark; "" where nothing is asked.
    """
    pairs = [(condition.name, condition.value) for condition in conditions]
    pairs += [(name, value) for name, value in further.items() if value]
    return f"?{urlencode(pairs)}" if pairs else ""


def label(name: str, value: Any) -> str:
    """What one value of a filter asks for: "From 3 January 2020"."""
    return _LABELS[name].format(said(value))


def said(value: Any) -> str:
    """A value in words: a name, a day, a number, or what was typed."""
    if isinstance(value, Named):
        return value.name
    if isinstance(value, date):
        return spelled(value, "j F Y")
    return f"{value:,}" if isinstance(value, int) else shortened(str(value))


def shortened(text: str) -> str:
    """The beginning of a text, marked where something was cut off."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def phrase(chosen: Mapping[str, Any]) -> str:
    """All conditions as they stand behind "12 stories", or "" where there are none."""
    return ", ".join(
        _PHRASES[name].format(_row(value) if isinstance(value, list) else said(value))
        for name, value in chosen.items()
    )


def sentence(parts: Iterable[str]) -> str:
    """Things in a row: "A, B or C"."""
    held = list(parts)
    return " or ".join(filter(None, (", ".join(held[:-1]), *held[-1:])))


def _row(names: Sequence[Named]) -> str:
    shown = [name.name for name in names[:ENOUGH]]
    left = len(names) - len(shown)
    return sentence([*shown, f"{left} other{'s' * (left > 1)}"] if left else shown)


_LABELS = {
    "q": "Words: {}",
    "topic": "Topic: {}",
    "provider": "Publisher: {}",
    "since": "From {}",
    "until": "Until {}",
    "min_quality": "Quality at least {}",
    "type": "Type: {}",
    "has_image": "With a picture",
    "coverage": "At least {} publishers",
}
_PHRASES = {
    "q": "with “{}”",
    "topic": "on {}",
    "provider": "from {}",
    "since": "since {}",
    "until": "until {}",
    "min_quality": "of quality {} or more",
    "type": "of type {}",
    "has_image": "with a picture",
    "coverage": "by at least {} publishers",
}
