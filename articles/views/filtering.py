"""What a request asks to see, and how to ask for less of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, QueryDict

from articles.filters import NewsFilter
from articles.models import Page
from articles.models.page import PageQuerySet


@dataclass(frozen=True, slots=True)
class Chip:
    """One condition in force, and the query string that leaves it out."""

    label: str
    without: str


@dataclass(frozen=True, slots=True)
class Filtering:
    """The filter of a request; `pages` is None where nothing is asked."""

    filter: NewsFilter
    pages: PageQuerySet | None
    chips: tuple[Chip, ...] = ()
    problems: tuple[str, ...] = field(default=())

    @property
    def context(self) -> dict[str, Any]:
        return {
            "filter": self.filter,
            "chips": self.chips,
            "problems": self.problems,
        }


def filtering(request: HttpRequest) -> Filtering:
    """Read the filter of a request. Invalid values are told and filter to nothing."""
    found = NewsFilter(request.GET, queryset=Page.objects.visible())
    fields = found.form.fields
    asked = any(value.strip() for name in fields for value in request.GET.getlist(name))
    if not asked:
        return Filtering(found, None)
    if not found.is_valid():
        problems = tuple(
            f"{fields[name].label if name in fields else name}: {message}"
            for name, messages in found.form.errors.items()
            for message in messages
        )
        return Filtering(
            found, Page.objects.none(), _chips(request.GET, found), problems
        )
    return Filtering(found, found.qs, _chips(request.GET, found))


def _chips(query: QueryDict, found: NewsFilter) -> tuple[Chip, ...]:
    chips = []
    for name, field_ in found.form.fields.items():
        for value in query.getlist(name):
            if value.strip():
                label = f"{field_.label}: {value[:60]}"
                chips.append(Chip(label, _without(query, name, value)))
    return tuple(chips)


def _without(query: QueryDict, name: str, value: str) -> str:
    left = query.copy()
    left.pop("before", None)
    left.setlist(name, [held for held in query.getlist(name) if held != value])
    return f"?{left.urlencode()}"
