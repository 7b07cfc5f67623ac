"""What the desk shows and nobody edits there: names and decisions."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from articles.models import Decision, Provider, Topic
from articles.rules.text.clean import printable

from .bounds import Bounded


class ReadOnly(Bounded):
    """Derived or recorded: to be looked at."""

    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Provider)
class ProviderAdmin(ReadOnly):
    list_display = ("name", "domain")
    search_fields = ("name", "domain")
    ordering = ("name",)


@admin.register(Topic)
class TopicAdmin(ReadOnly):
    list_display = ("name", "slug")
    search_fields = ("name",)
    ordering = ("key",)


@admin.register(Decision)
class DecisionAdmin(ReadOnly):
    list_display = (
        "at",
        "kind",
        "source",
        "canonical_url",
        "other_url",
        "author",
        "why",
        "undone_at",
    )
    fields = (
        "kind",
        "source",
        "canonical_url",
        "other",
        "other_url",
        "value",
        "act",
        "digest",
        "author",
        "why",
        "at",
        "undone_at",
        "undone_by",
    )
    list_filter = ("kind", "author", ("undone_at", admin.EmptyFieldListFilter))
    search_fields = ("source_name", "canonical_url", "other_url", "why")
    date_hierarchy = "at"
    ordering = ("-at", "-pk")

    @admin.display(description="source name", ordering="source_name")
    def source(self, decision: Decision) -> str:
        return printable(decision.source_name)

    @admin.display(description="other source name")
    def other(self, decision: Decision) -> str:
        return printable(decision.other_source)
