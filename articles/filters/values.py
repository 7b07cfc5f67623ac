"""The kinds of values that filters take.

A kind reads a value by a form field, says what it refuses, and has the bounds and
options that the control in the form shows.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator

from articles.rules.phrasing import series
from articles.selectors.names import KnownName

from .spelling import cut_words, plain

AT_ONCE = 40  # values of one filter: what a reader may choose, and a query bear
TOO_MANY = f"are more than {AT_ONCE}. Choose fewer."


@dataclass(frozen=True)
class Values(ABC):
    """What all kinds have; the control of a kind is drawn by its template."""

    kind: ClassVar[str]
    template: ClassVar[str]
    takes_several: ClassVar[bool] = False

    @property
    @abstractmethod
    def refusal(self) -> str:
        """What is said behind a value that is refused."""

    @property
    def options(self) -> Mapping[str, str]:
        """The values to choose from, each with its name; empty where it is free."""
        return {}

    @abstractmethod
    def field(self, **given: Any) -> forms.Field:
        """The form field that reads a value, or refuses it."""

    def fold(self, text: str) -> str:
        """The one spelling of a value."""
        return plain(text)


@dataclass(frozen=True)
class Words(Values):
    """Words to search for."""

    kind = "words"
    template = "_words.html"
    refusal = ""  # However long: search cuts questions to what it looks for.

    def field(self, **given: Any) -> forms.Field:
        return forms.CharField(**given)

    def fold(self, text: str) -> str:
        return cut_words(text)


@dataclass(frozen=True, kw_only=True)
class Names(Values):
    """Topics or publishers that exist for readers, several at once."""

    kind = "names"
    template = "_facet.html"
    takes_several = True

    of: str  # "topic" or "provider", as selectors/names.py knows them
    plural: str  # "publishers"
    index: str  # the route of the page that lists them all
    folded: Callable[[str], str]
    refusal: str = ""
    most: int | None = None  # shown in the form; all the others are in the index

    def field(self, **given: Any) -> forms.Field:
        return NamesField(**given)

    def fold(self, text: str) -> str:
        return self.folded(text)


@dataclass(frozen=True)
class Day(Values):
    kind = "day"
    template = "_filter_day.html"

    # Beyond these days time zones lead out of the calendar.
    first: date = date(1900, 1, 1)
    last: date = date(2199, 12, 31)

    @property
    def refusal(self) -> str:
        return (
            f"is not a date from {self.first.year} to {self.last.year}. "
            "Write it like 2020-01-24."
        )

    def field(self, **given: Any) -> forms.Field:
        bounds = [MinValueValidator(self.first), MaxValueValidator(self.last)]
        return forms.DateField(input_formats=["%Y-%m-%d"], validators=bounds, **given)


@dataclass(frozen=True)
class Number(Values):
    """A whole number."""

    kind = "number"
    template = "_filter_number.html"

    least: int
    most: int

    @property
    def refusal(self) -> str:
        return f"is not a whole number from {self.least:,} to {self.most:,}."

    def field(self, **given: Any) -> forms.Field:
        return forms.IntegerField(min_value=self.least, max_value=self.most, **given)


@dataclass(frozen=True)
class Steps(Values):
    """One of some numbers, of each of which there is to be at least so many."""

    kind = "steps"
    template = "_filter_select.html"
    unchosen = "any"

    numbers: tuple[int, ...]

    @property
    def refusal(self) -> str:
        return f"must be {series(map(str, self.numbers), 'or')}."

    @property
    def options(self) -> Mapping[str, str]:
        return {str(number): f"{number} or more" for number in self.numbers}

    def field(self, **given: Any) -> forms.Field:
        return forms.TypedChoiceField(
            choices=[*self.options.items()], coerce=int, **given
        )


@dataclass(frozen=True)
class Choice(Values):
    """One of some words."""

    kind = "choice"
    template = "_filter_select.html"
    unchosen = "any"

    words: tuple[str, ...]

    @property
    def refusal(self) -> str:
        return f"must be {series(self.words, 'or')}."

    @property
    def options(self) -> Mapping[str, str]:
        return {word: word for word in self.words}

    def field(self, **given: Any) -> forms.Field:
        return forms.ChoiceField(choices=[*self.options.items()], **given)


@dataclass(frozen=True)
class Check(Values):
    """The value 1, or none."""

    kind = "check"
    template = "_filter_check.html"

    asks_for: str  # "a picture"

    @property
    def refusal(self) -> str:
        return f"must be 1, for {self.asks_for}."

    @property
    def options(self) -> Mapping[str, str]:
        return {"1": "1"}

    def field(self, **given: Any) -> forms.Field:
        return forms.ChoiceField(choices=[*self.options.items()], **given)


class NamesField(forms.Field):
    """Topics or publishers that exist for readers; `known` says which do."""

    widget = forms.MultipleHiddenInput
    known: Mapping[str, KnownName] = {}

    def validate(self, value: list[str]) -> None:
        if len(value) > AT_ONCE:
            raise ValidationError("", code="many")
        unknown = [name for name in value if name not in self.known]
        if unknown:
            raise ValidationError(
                [ValidationError("", params={"value": name}) for name in unknown]
            )

    def clean(self, value: Any) -> list[KnownName]:
        return [self.known[name] for name in super().clean(value)]
