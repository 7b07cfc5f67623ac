"""Pages at the desk: also those that related lists name and no drop has."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.response import TemplateResponse

from articles.models import Page
from articles.models.writing import writing
from articles.publishing import publish, withdraw

from .deciding import DecidingAdmin, note, why
from .records import ReadOnly


class HasDropFilter(admin.SimpleListFilter):
    title = "drop"
    parameter_name = "drop"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "has a drop"), ("no", "only linked")]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Page]
    ) -> QuerySet[Page]:
        if self.value() == "yes":
            return queryset.exclude(article=None)
        return queryset.filter(article=None) if self.value() == "no" else queryset


@admin.register(Page)
class PageAdmin(ReadOnly, DecidingAdmin):
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
    search_fields = ("title", "canonical_url")
    ordering = ("-published_at", "-pk")
    actions = ("publish_selected", "withdraw_selected")

    @admin.display(description="title", ordering="title")
    def called(self, page: Page) -> str:
        return str(page)

    @admin.action(description="Publish", permissions=["publish"])
    def publish_selected(
        self, request: HttpRequest, queryset: QuerySet[Page]
    ) -> TemplateResponse | None:
        return self._decide(request, queryset, "Publish", "published")

    @admin.action(description="Withdraw", permissions=["publish"])
    def withdraw_selected(
        self, request: HttpRequest, queryset: QuerySet[Page]
    ) -> TemplateResponse | None:
        return self._decide(request, queryset, "Withdraw", "withdrawn")

    def _decide(
        self, request: HttpRequest, chosen: QuerySet[Page], doing: str, done: str
    ) -> TemplateResponse | None:
        if asked := self.asked_again(request, chosen, doing):
            return asked
        act = publish if done == "published" else withdraw
        with writing():
            pages = list(chosen.select_related("article"))
            made = act(pages, by=request.user, why=why(request))
            note(request, pages, done)
        self.message_user(request, f"{made} {done}.", messages.SUCCESS)
        return None
