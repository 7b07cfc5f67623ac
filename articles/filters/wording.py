"""Conditions in force and values refused, in words for readers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from articles.rules.dates import day_in_words
from articles.rules.phrasing import counted, series, shortened
from articles.selectors.names import KnownName

LONGEST = 60  # characters of a value that are repeated
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
        return f"{self.label}: “{repeated(self.value)}” {self.valid}"


def query(conditions: Iterable[Condition], **further: str) -> str:
    """The query string that asks for these, and further parameters that have a value.

    With its question mark; "" where nothing is asked.
    """
    pairs = [(condition.name, condition.value) for condition in conditions]
    pairs += [(name, value) for name, value in further.items() if value]
    return f"?{urlencode(pairs)}" if pairs else ""


def in_words(value: Any) -> str:
    """A value, or several: a name, a day, a number, or what was typed."""
    if isinstance(value, list):
        return _first_names(value)
    if isinstance(value, KnownName):
        return value.name
    if isinstance(value, date):
        return day_in_words(value)
    return f"{value:,}" if isinstance(value, int) else repeated(str(value))


def repeated(text: str) -> str:
    """What a reader typed, as far as it is said again."""
    return shortened(text, LONGEST, keep_blank=True)


def _first_names(names: Sequence[KnownName]) -> str:
    shown = [name.name for name in names[:ENOUGH]]
    left = len(names) - len(shown)
    return series([*shown, *([counted(left, "other")] if left else [])], "or")
