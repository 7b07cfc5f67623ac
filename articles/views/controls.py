"""The filters as controls of the form above a list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from articles.filters.filter import Filter
from articles.filters.table import FILTERS
from articles.filters.values import Names
from articles.selectors.facets import Facet

from .choices import Choices, given_choices, named_choices

# The words stand by themselves, and names are lists of boxes to tick.
NAMES = "names"
FIELDS = ("day", "number", "steps", "choice", "check")  # in this order
_NOTHING = Facet()


@dataclass(frozen=True, slots=True)
class Control:
    """One filter in the form: its present value, and what there is to choose from."""

    filter: Filter
    value: str
    choices: Choices

    @property
    def id(self) -> str:
        return self.filter.name.replace("_", "-")

    @property
    def template(self) -> str:
        return f"articles/{self.filter.values.template}"


def name_controls(
    chosen: Mapping[str, Any], facets: Mapping[str, Facet]
) -> tuple[Control, ...]:
    """The lists of names, in the order of the table."""
    return _controls(NAMES, chosen, facets)


def field_controls(
    chosen: Mapping[str, Any], facets: Mapping[str, Facet]
) -> tuple[Control, ...]:
    """The fields below the lists of names: those of one kind side by side."""
    return tuple(
        control for kind in FIELDS for control in _controls(kind, chosen, facets)
    )


def _controls(
    kind: str, chosen: Mapping[str, Any], facets: Mapping[str, Facet]
) -> tuple[Control, ...]:
    return tuple(
        _control(entry, chosen.get(entry.name), facets.get(entry.name, _NOTHING))
        for entry in FILTERS
        if entry.values.kind == kind
    )


def _control(entry: Filter, chosen: Any, facet: Facet) -> Control:
    values = entry.values
    if isinstance(values, Names):
        return Control(entry, "", named_choices(facet, chosen or (), most=values.most))
    value = "" if chosen is None else str(chosen)
    return Control(entry, value, given_choices(facet, values.options, chosen))
