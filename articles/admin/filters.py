"""Forms that narrow lists of the desk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Self

from django import forms
from django.http import QueryDict

ANY = ("", "any")
YES_NO = [("1", "yes"), ("0", "no")]


class Filters(forms.Form):
    """Filters of a list, all of which may be left empty."""

    use_required_attribute = False
    # What addresses once called a filter, by its name of today.
    former: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    strange: frozenset[str] = frozenset()  # parameters that are no filters

    @classmethod
    def of(cls, params: QueryDict, given: set[str]) -> Self:
        """The filters of an address, whose parameters `given` are to be filters.

        Raises ValueError for values that cannot be read.
        """
        form = cls(cls.values(params, given), auto_id="desk-%s")
        known = {one for names in cls.former.values() for one in names}
        form.strange = frozenset(given - known - cls.base_fields.keys())
        return form

    @classmethod
    def values(cls, params: QueryDict, given: set[str]) -> dict[str, Any]:
        """What an address says, by the names of today."""
        found: dict[str, Any] = {}
        for name in cls.base_fields:
            for one in (name, *cls.former.get(name, ())):
                if one in given:
                    found[name] = params[one]
        return found

    def suggestions(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Lists to choose from while typing: their ids, with values and names."""
        return []

    def in_words(self) -> list[tuple[str, str, str]]:
        """Each filter that narrows the list: its name, its label and what it says."""
        said = []
        for name, value in self.cleaned_data.items():
            if value in ("", None):
                continue
            words = value.isoformat() if isinstance(value, date) else str(value)
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                choices: Any = field.choices
                words = dict(choices).get(words, words)
            said.append((name, str(field.label).partition(":")[0], words))
        return said


def choice(label: str, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    """A filter with some values to choose from."""
    return forms.ChoiceField(label=label, choices=[ANY, *choices], required=False)


def text(label: str, *, suggested: str = "", most: int = 253) -> forms.CharField:
    """A filter that is typed; `suggested` is the id of a list to choose from."""
    attrs = {"list": suggested, "autocomplete": "off"} if suggested else {}
    widget = forms.TextInput(attrs)
    return forms.CharField(label=label, max_length=most, required=False, widget=widget)


def day(label: str) -> forms.DateField:
    """A filter for days, as browsers send them."""
    spelled = "%Y-%m-%d"
    widget = forms.DateInput({"type": "date"}, format=spelled)
    return forms.DateField(
        label=label, required=False, input_formats=[spelled], widget=widget
    )
