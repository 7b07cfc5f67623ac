"""Lists of the desk that are made of bounded work, however many rows there are."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.templatetags.admin_list import result_headers
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property

from .deciding import ShownChangeList
from .filters import Filters

MOST_LISTED = 10_000  # rows that the pages of a list hold, and that are counted


class BoundedPaginator(Paginator):
    """Pages of the first so many rows; the others are not even counted."""

    @cached_property
    def found(self) -> int:
        """How many rows there are, at most one more than are listed."""
        rows: Any = self.object_list
        return int(rows.order_by()[: MOST_LISTED + 1].count())

    @cached_property
    def count(self) -> int:
        return min(self.found, MOST_LISTED)


class FormChangeList(ShownChangeList):
    """A list narrowed by a form of its own, and by nothing else in the address."""

    model_admin: Any
    list_display: Any
    list_select_related: Any
    result_list: Any
    form: Filters
    is_cut = False  # whether only the newest were looked at, and there are others

    def get_filters(self, request: HttpRequest) -> Any:
        """Those of Django: none, the form takes their place."""
        given = set(self.get_filters_params())
        try:
            self.form = self.model_admin.filters.of(request.GET, given)
        except (ValueError, OverflowError) as error:
            raise IncorrectLookupParameters(error) from error
        if self.form.strange or not self.form.is_valid():
            raise IncorrectLookupParameters
        return [], False, {}, False, bool(self.form.in_words())

    def get_queryset(self, request: HttpRequest, *args: Any) -> QuerySet[Any]:
        self.filter_specs: list[Any] = []
        *_, self.has_active_filters = self.get_filters(request)
        order = self.get_ordering(request, self.root_queryset.order_by())
        usual = "o" not in self.params
        narrowed = self.model_admin.narrowed(self.form.cleaned_data)
        found = narrowed.as_they_stand() if usual and not self.query else None
        if found is None:
            found = narrowed.among_the_newest()
            self.is_cut = narrowed.is_cut()
        found, _ = self.model_admin.get_search_results(request, found, self.query)
        columns = self.model_admin.reads
        beside = self.model_admin.list_select_related
        rows: QuerySet[Any] = found.order_by(*order)
        return rows.select_related(*beside).only(*columns)

    @property
    def counted(self) -> str:
        """How many rows there are: "1,204", or "10,000+" where that is not counted."""
        more = "+" if self.paginator.found > MOST_LISTED else ""
        return f"{self.result_count:,}{more}"

    @cached_property
    def columns(self) -> dict[str, Any]:
        """The headers of the columns, by their names."""
        return dict(zip(self.list_display, result_headers(self), strict=True))

    @property
    def numbers(self) -> list[Any]:
        """The pages that the list names."""
        return list(self.paginator.get_elided_page_range(self.page_num, on_each_side=2))

    def chips(self) -> list[tuple[str, str, str]]:
        """Each filter that narrows the list: its label, its words, the way without."""
        ways = {
            name: (name, *self.form.former.get(name, ())) for name in self.form.fields
        }
        return [
            (label, words, self.get_query_string(dict.fromkeys(ways[name])))
            for name, label, words in self.form.in_words()
        ]

    def kept(self) -> list[tuple[str, str]]:
        """What the form of the filters sends along: the order of the list."""
        return [(name, self.params[name]) for name in ("o",) if name in self.params]
