"""What there is to say of one filter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from articles.models.page import PageQuerySet
from articles.models.story import StoryQuerySet
from articles.selectors.facet_counts import FacetCount

from .values import Values
from .wording import in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """One filter: its words for readers, the values it takes, what it asks of pages.

    In the words `{}` is the value.
    """

    name: str  # the parameter in addresses
    label: str  # beside its control, and before a refused value
    chip: str  # one value in force: "Topic: {}"
    phrase: str  # all of its values, behind "12 stories": "on {}"
    values: Values
    on_pages: Callable[[PageQuerySet, Any], PageQuerySet]
    # Of a condition on stories rather than on one page of them: the same of stories.
    on_stories: Callable[[StoryQuerySet, Any], StoryQuerySet] | None = None
    # The stories with a page that meets it, by their keys, looked up: lets a list
    # begin with it.
    way_in: Callable[[Any], QuerySet[Any, Any]] | None = None
    facet: FacetCount | None = None  # how the stories left by each value are counted

    def chip_of(self, value: Any) -> str:
        """What one value asks for: "From 3 January 2020"."""
        return self.chip.format(in_words(value))

    def phrase_of(self, value: Any) -> str:
        """What the value, or all of several, ask for: "since 3 January 2020"."""
        return self.phrase.format(in_words(value))
