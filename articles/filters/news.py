"""The one FilterSet: what a query string asks to see, for pages and feeds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict

from articles.models import Page, Story
from articles.models.page import PageQuerySet
from articles.models.story import StoryQuerySet
from articles.search import SearchQuery, parse
from articles.selectors.facets import Sample
from articles.selectors.feed import LOOKED_AT, Narrowed
from articles.selectors.names import KnownName, known_names

from .filter import Filter
from .form import NewsForm, ValuesFilter
from .looking_up import question, ways_in, window
from .table import BY_NAME, FILTERS, LAST_DAY, TOPIC, WORDS
from .values import TOO_MANY, Names, NamesField
from .wording import Condition, Problem

NO_DAY_BETWEEN = "is before the first date. Choose a later one."


class NewsFilter(django_filters.FilterSet):  # type: ignore[misc]  # untyped library
    """Conditions on stories and on their visible pages, from a query string.

    Those on pages are met by one page at once; the others by the story. A page without
    a story for readers has the topics of its own article.
    """

    class Meta:
        model = Page
        form = NewsForm
        fields: list[str] = []

    @classmethod
    def get_filters(cls) -> dict[str, Any]:
        """The fields of the form, as the library asks for them."""
        return {entry.name: ValuesFilter(entry) for entry in FILTERS}

    def __init__(
        self, data: QueryDict, *, alone: bool = True, only: Q | None = None
    ) -> None:
        """Read a query string; `alone`: for pages without a story for readers, too.

        `only` is what all stories of the list meet, whatever is asked.
        """
        super().__init__(_normal(data), queryset=Page.objects.visible())
        self.alone = alone
        self.only = only or Q()

    @property
    def form(self) -> forms.Form:
        """The form, knowing which of the topics and publishers asked for exist."""
        fresh = not hasattr(self, "_form")
        form: forms.Form = super().form
        if fresh:
            for entry in FILTERS:
                field = form.fields[entry.name]
                if isinstance(field, NamesField):
                    field.known = self._known_to(entry)
        return form

    @cached_property
    def chosen(self) -> dict[str, Any]:
        """The valid values in force, by the names of their filters."""
        self.is_valid()
        given = self.form.cleaned_data
        asked = {entry.name: given.get(entry.name) for entry in FILTERS}
        return {name: value for name, value in asked.items() if value or value == 0}

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        """Each value in force, refused ones too, as its parameter and in words."""
        return tuple(
            Condition(entry.name, value, entry.chip_of(self._read(entry, value)))
            for entry in FILTERS
            for value in self.values(entry.name)
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
        return ", ".join(
            BY_NAME[name].phrase_of(value) for name, value in self.chosen.items()
        )

    @property
    def words(self) -> str:
        return str(self.chosen.get(WORDS, ""))

    @property
    def asks_beyond_words(self) -> bool:
        """Whether anything but words is asked for."""
        return bool(self.chosen.keys() - {WORDS})

    def asks_at_most_for(self, name: str) -> bool:
        """Whether stories of the whole site are asked for by one filter, or by none."""
        return not (self.alone or self.only or self.problems) and (
            self.chosen.keys() <= {name}
        )

    def values(self, name: str) -> list[str]:
        """What is given for a filter, as addresses spell it."""
        return list(self.data.getlist(name))

    def pages(self) -> PageQuerySet:
        """Visible pages that meet all conditions save the words.

        Asked page by page: for lists that have an order.
        """
        return self._met(self._start(), but={WORDS})

    def question(self, query: SearchQuery) -> SearchQuery:
        """A search, beginning with what else is asked where its index can."""
        return question(query, self.chosen)

    def sample(self, *, most: int, but: Collection[str] = ()) -> Sample:
        """Visible pages that meet all conditions save those named, among so many.

        These are the newest by the one condition that leads to the fewest.
        """
        chosen = {name: v for name, v in self.chosen.items() if name not in but}
        begin = window(self._start(), chosen, most=most)
        pages = self._start().filter(pk__in=begin.values("pk"))
        return Sample(self._met(pages, but={WORDS, *but}), begin)

    def narrowed(self) -> Narrowed | None:
        """What lists of stories are to hold; None where nothing is asked."""
        if self.problems:
            nothing = Story.objects.none()
            return Narrowed(nothing, (nothing,), nothing)
        if not self.chosen:
            return None
        stories = self._stories()
        [name, *others] = self.chosen
        way_in = BY_NAME[name].way_in
        if way_in and not others:  # which leads to nothing else
            way = way_in(self.chosen[name])
            every = self._all_stories()
            return Narrowed(stories, (way,), every, total=self._kept_total())
        ways = ways_in(self.chosen, most=LOOKED_AT + 1)
        return Narrowed(stories, ways, stories, newest=ways[-1])

    def filter_queryset(self, pages: PageQuerySet) -> PageQuerySet:
        return self._met(pages)

    def _start(self) -> PageQuerySet:
        pages = Page.objects.visible()
        if self.only:
            return pages.filter(story__in=Story.objects.listed().filter(self.only))
        return pages if self.alone else pages.filter(story__lead__isnull=False)

    def _met(self, pages: PageQuerySet, *, but: Collection[str] = ()) -> PageQuerySet:
        for name, value in self.chosen.items():
            if name not in but:
                if name == WORDS:
                    value = self.question(parse(value))
                pages = BY_NAME[name].on_pages(pages, value)
        return pages

    @cached_property
    def _known(self) -> Mapping[str, Mapping[str, KnownName]]:
        asked: defaultdict[str, list[str]] = defaultdict(list)
        for entry in FILTERS:
            if isinstance(entry.values, Names):
                asked[entry.values.of] += self.values(entry.name)
        return known_names(asked)

    def _known_to(self, entry: Filter) -> Mapping[str, KnownName]:
        """The names that a filter knows, by their values; none where it takes none."""
        kind = entry.values
        return self._known[kind.of] if isinstance(kind, Names) else {}

    def _kept_total(self) -> int | None:
        """How many stories one topic has, where that is all that is asked."""
        topics = self.chosen.get(TOPIC, ())
        if len(topics) == 1 and self.asks_at_most_for(TOPIC):
            return int(topics[0].stories)
        return None

    def _all_stories(self) -> StoryQuerySet:
        return Story.objects.listed().filter(self.only)

    def _stories(self) -> StoryQuerySet:
        """Listed stories that meet all conditions, each asked for itself."""
        found, of_stories = self._all_stories(), set()
        for name, value in self.chosen.items():
            if on_stories := BY_NAME[name].on_stories:
                found = on_stories(found, value)
                of_stories.add(name)
        if self.chosen.keys() - of_stories:
            pages = self._met(Page.objects.visible(), but=of_stories)
            found = found.filter(Exists(pages.filter(story=OuterRef("pk"))))
        return found

    def _read(self, entry: Filter, value: str) -> Any:
        """A value as its filter understands it; a refused one as it was given."""
        if entry.values.takes_several:
            return self._known_to(entry).get(value, value)
        return self.chosen.get(entry.name, value)

    def _problem(self, name: str, error: ValidationError) -> Problem:
        of_days = name not in BY_NAME
        entry = BY_NAME[LAST_DAY if of_days else name]
        value = (error.params or {}).get("value") or ", ".join(self.values(entry.name))
        many = TOO_MANY if error.code == "many" else entry.values.refusal
        valid = NO_DAY_BETWEEN if of_days else many
        return Problem(entry.name, entry.label, str(value), valid)


def _normal(given: QueryDict) -> QueryDict:
    """The values of all filters: trimmed, folded, each once; blank ones left out.

    Of a filter that takes one value the last that is given counts.
    """
    normal = QueryDict(mutable=True)
    for entry in FILTERS:
        values = given.getlist(entry.name)
        if not entry.values.takes_several:
            values = values[-1:]
        folded = dict.fromkeys(map(entry.values.fold, values))
        if known := [value for value in folded if value]:
            normal.setlist(entry.name, known)
    return normal
