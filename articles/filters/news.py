"""The one FilterSet: what a query string asks to see, for pages, feeds and the API."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Exists, OuterRef
from django.http import QueryDict

from articles.models import Page, Story
from articles.models.page import PageQuerySet
from articles.models.story import StoryQuerySet
from articles.selectors.feed import Narrowed
from articles.selectors.names import names_of

from . import limits, meeting
from .conditions import Condition, Problem, label, phrase
from .fields import SEVERAL, NamesFilter, WholeNumberFilter, normal

OF_STORIES = ("topic", "coverage")  # the other conditions are on one page


class NewsForm(forms.Form):
    """Sees to it that the first day asked for is not after the last."""

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        since, until = given.get("since"), given.get("until")
        if since and until and since > until:
            # Of no field, so that both days stay in the form to be put right.
            raise ValidationError("", code="days")
        return given


def _day_filter(label: str, method: Any) -> django_filters.DateFilter:
    first, last = limits.DAYS
    return django_filters.DateFilter(
        label=label,
        method=method,
        input_formats=["%Y-%m-%d"],
        validators=[MinValueValidator(first), MaxValueValidator(last)],
    )


class NewsFilter(django_filters.FilterSet):  # type: ignore[misc]  # untyped library
    """Conditions on stories and on their visible pages, from a query string.

    Those on pages hold for one page at once; topic and coverage are the story's. A
    page without a story for readers has the topics of its own article.
    """

    # However long: search cuts questions to what it looks for.
    q = django_filters.CharFilter(label="Words", method=meeting.with_words)
    topic = NamesFilter(label="Topic", method=meeting.on_topics)
    provider = NamesFilter(label="Publisher", method=meeting.of_publishers)
    since = _day_filter("From", meeting.from_day)
    until = _day_filter("Until", meeting.to_day)
    min_quality = WholeNumberFilter(
        label="Quality at least",
        field_name="quality",
        lookup_expr="gte",
        min_value=limits.QUALITY[0],
        max_value=limits.QUALITY[1],
    )
    type = django_filters.ChoiceFilter(
        label="Type", choices=[(name, name) for name in limits.TYPES]
    )
    has_image = django_filters.ChoiceFilter(
        label="With a picture", choices=[("1", "yes")], method=meeting.with_picture
    )
    coverage = django_filters.TypedChoiceFilter(
        label="Covered by",
        choices=[(str(number), number) for number in limits.PUBLISHERS],
        coerce=int,
        method=meeting.covered_by,
    )

    class Meta:
        model = Page
        form = NewsForm
        fields: list[str] = []

    def __init__(self, data: QueryDict, *, alone: bool = True) -> None:
        """Read a query string; `alone`: for pages without a story for readers, too."""
        given = normal(data, names=self.base_filters)
        super().__init__(given, queryset=Page.objects.visible())
        self.alone = alone

    @property
    def form(self) -> forms.Form:
        """The form, knowing which of the topics and publishers asked for exist."""
        fresh = not hasattr(self, "_form")
        form: forms.Form = super().form
        if fresh:
            for name, known in self._named.items():
                form.fields[name].known = known  # type: ignore[attr-defined]
        return form

    @cached_property
    def chosen(self) -> dict[str, Any]:
        """The valid values in force, by the names of their filters."""
        self.is_valid()
        given = self.form.cleaned_data
        asked = {name: given.get(name) for name in self.filters}
        return {name: value for name, value in asked.items() if value or value == 0}

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        """Each value in force, refused ones too, as its parameter and in words."""
        return tuple(
            Condition(name, value, label(name, self._read(name, value)))
            for name in self.filters
            for value in self.values(name)
        )

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """The values that are refused."""
        return tuple(
            self._problem(name, error)
            for name, errors in self.form.errors.as_data().items()
            for error in errors
        )

    @property
    def phrase(self) -> str:
        """What is asked for, as it stands behind "12 stories"; "" for all of them."""
        return phrase(self.chosen)

    @property
    def words(self) -> str:
        return str(self.chosen.get("q", ""))

    def values(self, name: str) -> list[str]:
        """What is given for a filter, as addresses spell it."""
        return list(self.data.getlist(name))

    def pages(self, *, but: Collection[str] = ()) -> PageQuerySet:
        """Visible pages that meet all conditions save the words and those named.

        Asked page by page: for lists that have an order.
        """
        return self._met(self._start(), but={"q", *but})

    def beginnings(self, *, but: Collection[str] = ()) -> PageQuerySet:
        """Visible pages that meet all conditions save those named, in no order.

        Looked up by what is asked for. Where pages without a story for readers do not
        count, a page may be there more than once.
        """
        found, chosen = self._start(), self.chosen
        if "topic" in chosen and "topic" not in but:
            found = meeting.beginning_on_topics(
                found, chosen["topic"], alone=self.alone
            )
        if "provider" in chosen and "provider" not in but:
            found = meeting.beginning_of_publishers(found, chosen["provider"])
        return self._met(found, but={"topic", "provider", *but})

    def with_words(self) -> PageQuerySet | None:
        """Visible pages with the words, whatever else is asked; None without words."""
        if not self.words:
            return None
        return meeting.with_words(Page.objects.visible(), "q", self.words)

    def narrowed(self) -> Narrowed | None:
        """What lists of stories are to hold; None where nothing is asked."""
        if self.problems:
            return Narrowed(Page.objects.none(), Story.objects.none())
        return Narrowed(self.beginnings(), self._stories()) if self.chosen else None

    def filter_queryset(self, pages: PageQuerySet) -> PageQuerySet:
        return self._met(pages)

    def _start(self) -> PageQuerySet:
        pages = Page.objects.visible()
        return pages if self.alone else pages.filter(story__lead__isnull=False)

    def _met(self, pages: PageQuerySet, *, but: Collection[str] = ()) -> PageQuerySet:
        for name, value in self.chosen.items():
            if name not in but:
                pages = self.filters[name].filter(pages, value)
        return pages

    @cached_property
    def _named(self) -> Any:
        return names_of(self.values("topic"), self.values("provider"))

    def _stories(self) -> StoryQuerySet:
        """Listed stories that meet all conditions, each asked for itself."""
        found, chosen = Story.objects.listed(), self.chosen
        if topics := chosen.get("topic"):
            found = meeting.stories_on_topics(found, topics)
        if least := chosen.get("coverage"):
            found = found.filter(provider_count__gte=least)
        if set(chosen) - set(OF_STORIES):
            pages = self._met(Page.objects.visible(), but=OF_STORIES)
            found = found.filter(Exists(pages.filter(story=OuterRef("pk"))))
        return found

    def _read(self, name: str, value: str) -> Any:
        if name in SEVERAL:
            return self._named[name].get(value, value)
        return self.chosen.get(name, value)

    def _problem(self, name: str, error: ValidationError) -> Problem:
        of_days = name not in self.filters
        name = "until" if of_days else name
        given = (error.params or {}).get("value") or ", ".join(self.values(name))
        many = limits.TOO_MANY if error.code == "many" else limits.VALID[name]
        valid = limits.NO_DAY_BETWEEN if of_days else many
        return Problem(name, str(self.form.fields[name].label), str(given), valid)
