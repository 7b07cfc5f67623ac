"""Pages at the desk: also those that related lists name and no drop has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from articles.models import Page
from articles.selectors.desk.since import Subject, page_subjects

from .readers import ReadersAdmin
from .records import ReadOnly


class HasDropFilter(admin.SimpleListFilter):
    title = "drop"
    parameter_name = "drop"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "has a drop"), ("no", "linked only")]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Page]
    ) -> QuerySet[Page]:
        if self.value() == "yes":
            return queryset.exclude(article=None)
        return queryset.filter(article=None) if self.value() == "no" else queryset


@admin.register(Page)
class PageAdmin(ReadOnly, ReadersAdmin):
    """Nothing of a page can be changed but whether readers get it."""

    list_display = (
        "called",
        "provider",
        "published_at",
        "is_listed",
        "is_visible",
        "is_withdrawn",
    )
    list_filter = (HasDropFilter, "is_listed", "is_visible", "is_withdrawn")
    list_select_related = ("provider",)
    beside = ("article",)
    beside_one = ("article", "provider", "story__lead", "story__founder")
    reads = (
        "title",
        "canonical_url",
        "published_at",
        "is_listed",
        "is_visible",
        "is_withdrawn",
        "provider__name",
        "provider__domain",
    )
    search_fields = ("title", "canonical_url")
    ordering = ("-published_at", "-pk")
    actions = ("publish_selected", "withdraw_selected")

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
