"""The form that reads a query string, and its fields as the library wants them."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError

from .filter import Filter
from .table import FIRST_DAY, LAST_DAY


class NewsForm(forms.Form):
    """Sees to it that the first day asked for is not after the last."""

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        first, last = given.get(FIRST_DAY), given.get(LAST_DAY)
        if first and last and first > last:
            # Of no field, so that both days stay in the form to be put right.
            raise ValidationError("", code="days")
        return given


class ValuesFilter(django_filters.Filter):  # type: ignore[misc]  # untyped library
    """A filter of the table as the library wants it: the field of a form."""

    def __init__(self, entry: Filter) -> None:
        super().__init__(entry.name, label=entry.label)
        self.field_class = entry.values.field
