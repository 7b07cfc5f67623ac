"""What the lists and forms of the desk take from addresses, and what they refuse."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ERROR_FLAG, ChangeList
from django.core.exceptions import BadRequest
from django.db import DataError
from django.db.models import Max, Min, Model, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import URLPattern
from django.utils.functional import cached_property
from django.utils.timezone import localtime

from articles.models.writing import writing

MOST_WORDS = 20  # of a search
LONGEST_SEARCH = 200
LONGEST_VALUE = 2000  # of any other parameter
MOST_PARAMETERS = 50
MOST_YEARS = 60  # to choose from
# No primary key has more digits, and no database takes larger numbers.
MOST_DIGITS = 18
KEY = re.compile(rf"[0-9]{{1,{MOST_DIGITS}}}")
OF_A_ROW = re.compile(r"form-\d+-id")


class Refused(BadRequest):
    """What was asked for cannot be; the message says why, to whoever asked."""


class DeskChangeList(ChangeList):
    """A list that takes filters it cannot read for filters that do not exist.

    It reads the columns that it shows: texts of drops are long, and sorted along.
    """

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.title = str(self.opts.verbose_name_plural).capitalize()

    def get_filters(self, request: HttpRequest) -> Any:
        try:
            return super().get_filters(request)
        except (ValueError, OverflowError) as error:
            # Days after the last one of the calendar, numbers beyond all columns.
            raise IncorrectLookupParameters(error) from error

    def get_results(self, request: HttpRequest) -> None:
        try:
            super().get_results(request)
        except (ValueError, OverflowError, DataError) as error:
            # Some values are only read as the question is put to the database.
            raise IncorrectLookupParameters(error) from error

    def get_queryset(self, request: HttpRequest, *args: Any) -> QuerySet[Any]:
        found: QuerySet[Any] = super().get_queryset(request, *args)
        columns = getattr(self.model_admin, "reads", ())
        return found.only(*columns) if columns else found

    @cached_property
    def years(self) -> list[tuple[int, str]] | None:
        """Years to narrow a list to, and the way there; None where it has its days.

        Django would look at the date of every row to find out which years have any.
        """
        day = self.date_hierarchy
        if not day or any(name.startswith(f"{day}__") for name in self.params):
            return None
        ends = self.queryset.order_by().aggregate(first=Min(day), last=Max(day))
        if ends["first"] is None:
            return []
        first, last = (localtime(ends[end]).year for end in ("first", "last"))
        name = f"{day}__year"
        return [
            (year, self.get_query_string({name: year}))
            for year in range(first, last + 1)[-MOST_YEARS:]
        ]


class Bounded(admin.ModelAdmin):
    """A desk that refuses in words what no form of it sends."""

    change_list_template = "admin/articles/change_list.html"
    reads: ClassVar[Sequence[str]] = ()  # the columns of a list; () for all
    beside_one: ClassVar[Sequence[str]] = ()  # selected with the row of a page
    show_facets = admin.ShowFacets.NEVER  # each filter would count the whole table
    made_here = False  # whether rows are added and deleted at the desk

    def get_urls(self) -> list[URLPattern]:
        """What leads to nothing here is no address: it need not be guarded."""
        urls: list[URLPattern] = super().get_urls()
        return [url for url in urls if self.made_here or not _makes(url.name)]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return DeskChangeList

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        refuse_odd(request.GET)
        if request.method == "POST":
            refuse_odd_keys(request.POST)
        with _turn(request):
            answer = super().changelist_view(request, extra_context)
        if getattr(answer, "template_name", None) == "admin/invalid_setup.html":
            # Django takes a second try for a fault of the database.
            raise Refused("The list cannot be filtered by that.")
        if request.method != "POST" and ERROR_FLAG in request.GET:
            words = "The list cannot be filtered by that: this is all of it."
            self.message_user(request, words, messages.WARNING)
        return answer

    def add_view(self, request: HttpRequest, *args: Any, **given: Any) -> HttpResponse:
        with _turn(request):
            return super().add_view(request, *args, **given)

    def changeform_view(
        self, request: HttpRequest, *args: Any, **given: Any
    ) -> HttpResponse:
        with _turn(request):
            return super().changeform_view(request, *args, **given)

    def delete_view(
        self, request: HttpRequest, *args: Any, **given: Any
    ) -> HttpResponse:
        with _turn(request):
            return super().delete_view(request, *args, **given)

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Model | None:
        if not KEY.fullmatch(object_id):
            return None
        rows = self.get_queryset(request)
        if self.beside_one:
            rows = rows.select_related(*self.beside_one)
        return rows.filter(pk=int(object_id)).first()

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        if len(search_term) > LONGEST_SEARCH or len(search_term.split()) > MOST_WORDS:
            words = (
                f"Nothing was searched for: a search takes at most {MOST_WORDS} words "
                f"and {LONGEST_SEARCH} characters."
            )
            self.message_user(request, words, messages.WARNING)
            return queryset.none(), False
        return super().get_search_results(request, queryset, search_term)


def _makes(name: str | None) -> bool:
    """Whether a route adds or deletes, or leads on from addresses of old Djangos."""
    return name is None or name.endswith(("_add", "_delete"))


def is_sure(request: HttpRequest) -> bool:
    """Whether a form comes from the page that asks if so many rows are meant."""
    return "sure" in request.POST


def _turn(request: HttpRequest) -> AbstractContextManager[None]:
    """What a form changes is one transaction, begun where all of them begin.

    But for what is done to very many rows: that is one for each part of them.
    """
    alone = request.method == "POST" and not is_sure(request)
    return writing() if alone else nullcontext()


def refuse_odd(given: QueryDict) -> None:
    """Raise Refused for parameters that no link of the desk has."""
    values = [(name, value) for name, held in given.lists() for value in held]
    if len(values) > MOST_PARAMETERS:
        raise Refused("The address has too many parameters.")
    for name, value in values:
        if "\0" in name + value:
            raise Refused("The address contains a character that no text has.")
        if name != "q" and max(len(name), len(value)) > LONGEST_VALUE:
            raise Refused("The address is too long.")
        if re.search(rf"\d{{{MOST_DIGITS + 1}}}", value) and name != "q":
            raise Refused("The address contains a number that is too large.")


def refuse_odd_keys(given: QueryDict) -> None:
    """Raise Refused for rows that no list has."""
    for name, values in given.lists():
        if name == ACTION_CHECKBOX_NAME or OF_A_ROW.fullmatch(name):
            for value in values:
                if not KEY.fullmatch(value):
                    raise Refused("The form names a row that cannot exist.")
