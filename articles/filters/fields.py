"""How values are spelled, and the form fields that say which of them they refuse."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from articles.rules.hostname import provider_domain
from articles.search import parse
from articles.selectors.names import Named

from .limits import AT_ONCE

_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def plain(text: str) -> str:
    """What was typed, without characters that nobody types, ends trimmed."""
    return _CONTROLS.sub(" ", text).strip()


def folded_slug(text: str) -> str:
    """A topic's slug as it stands in addresses."""
    return plain(text).lower()


def folded_domain(text: str) -> str:
    """A publisher's domain as it stands in addresses; no domain stays what it is."""
    return provider_domain(plain(text)) or plain(text)


def cut_words(text: str) -> str:
    """Words as far as search reads them."""
    return parse(plain(text)).text


FOLDS: Mapping[str, Callable[[str], str]] = {
    "q": cut_words,
    "topic": folded_slug,
    "provider": folded_domain,
}
SEVERAL = ("topic", "provider")  # the others take one value


def normal(given: QueryDict, *, names: Mapping[str, object]) -> QueryDict:
    """The values of these names: trimmed, folded, each once; blank ones left out.

    Of a name that takes one value the last that is given counts.
    """
    found = QueryDict(mutable=True)
    for name in names:
        values = given.getlist(name)
        if name not in SEVERAL:
            values = values[-1:]
        folded = dict.fromkeys(map(FOLDS.get(name, plain), values))
        if held := [value for value in folded if value]:
            found.setlist(name, held)
    return found


class NamesField(forms.Field):
    """Topics or publishers that exist for readers; `known` says which do."""

    widget = forms.MultipleHiddenInput
    known: Mapping[str, Named] = {}

    def validate(self, value: list[str]) -> None:
        if len(value) > AT_ONCE:
            raise ValidationError("", code="many")
        unknown = [held for held in value if held not in self.known]
        if unknown:
            raise ValidationError(
                [ValidationError("", params={"value": held}) for held in unknown]
            )

    def clean(self, value: Any) -> list[Named]:
        return [self.known[held] for held in super().clean(value)]


class NamesFilter(django_filters.Filter):  # type: ignore[misc]  # untyped library
    field_class = NamesField


class WholeNumberFilter(django_filters.Filter):  # type: ignore[misc]  # untyped library
    field_class = forms.IntegerField
