"""Pages at the desk: also those that related lists name and no drop has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Q
from django.http import HttpRequest

from articles.models import Page
from articles.selectors.desk.articles import Narrowed
from articles.selectors.desk.since import Subject, page_subjects

from .filters import YES_NO, Filters, choice
from .page_list import PageChangeList
from .readers import ReadersAdmin
from .records import ReadOnly


class PageFilters(Filters):
    """The filters of the list of pages."""

    former = {
        "listed": ("is_listed__exact",),
        "visible": ("is_visible__exact",),
        "withdrawn": ("is_withdrawn__exact",),
    }

    drop = choice("Drop", [("yes", "has a drop"), ("no", "linked only")])
    listed = choice("Listed", YES_NO)
    visible = choice("Readers may see it", YES_NO)
    withdrawn = choice("Withdrawn", YES_NO)


@admin.register(Page)
class PageAdmin(ReadOnly, ReadersAdmin):
    """Nothing of a page can be changed but whether readers get it."""

    list_display = ("called", "provider", "published_at")
    filters = PageFilters
    tabs = (("", "All"), ("drop=no", "Linked only"), ("withdrawn=1", "Withdrawn"))
    list_select_related = ("provider",)
    beside = ("article",)
    beside_one = ("article", "provider", "story__lead", "story__founder")
    reads = (
        "title",
        "canonical_url",
        "url",
        "quality",
        "published_at",
        "is_listed",
        "is_visible",
        "is_withdrawn",
        "article",
        "image_url",
        "public_id",
        "provider__name",
        "provider__domain",
    )
    search_fields = ("title", "canonical_url")
    ordering = ("-pk",)  # those found last come first
    actions = ("publish_selected", "withdraw_selected")
    change_list_template = "admin/articles/page/list.html"

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return PageChangeList

    def narrowed(self, wanted: Mapping[str, Any]) -> Narrowed:
        """Pages that are wanted, among those found last."""
        asked = {name: value for name, value in wanted.items() if value}
        rest = Q()
        if drop := asked.pop("drop", ""):
            rest &= Q(article__isnull=drop == "no")
        for name, value in asked.items():
            rest &= Q(**{f"is_{name}": value == "1"})
        return Narrowed(Page.objects.all(), rest, newest=self.ordering)

    @admin.display(description="title", ordering="title")
    def called(self, page: Page) -> str:
        return str(page)

    def state_of(self, row: Page) -> str:
        return f"{row.is_listed:d}{row.is_visible:d}{row.is_withdrawn:d}"

    def subjects(self, rows: Sequence[Page]) -> Mapping[int, Subject]:
        return page_subjects(rows)

    def in_sum(self, rows: Sequence[Page]) -> str:
        read = sum(row.is_visible for row in rows)
        taken = sum(row.is_withdrawn for row in rows)
        return f"Readers get {read} of them now; withdrawn by editors: {taken}."
