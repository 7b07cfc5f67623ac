"""What the desk shows and nobody edits there: stories, names, decisions, imports."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from articles.models import Decision, ImportRun, Page, Provider, Story, Topic


class ReadOnly(admin.ModelAdmin):
    """Derived or recorded: to be looked at."""

    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Story)
class StoryAdmin(ReadOnly):
    list_display = ("lead", "page_count", "provider_count", "latest_at", "score")
    list_select_related = ("lead",)
    search_fields = ("lead__title", "public_id")
    ordering = ("-score", "-pk")


@admin.register(Page)
class PageAdmin(ReadOnly):
    list_display = ("title", "provider", "published_at", "is_listed", "is_visible")
    list_filter = ("is_listed", "is_visible", "is_withdrawn")
    list_select_related = ("provider",)
    search_fields = ("title", "canonical_url")
    ordering = ("-published_at", "-pk")


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
    list_display = ("at", "kind", "source_name", "canonical_url", "author", "why")
    list_filter = ("kind", "author")
    search_fields = ("source_name", "canonical_url", "why")
    date_hierarchy = "at"
    ordering = ("-at", "-pk")


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnly):
    list_display = (
        "started_at",
        "files",
        "created",
        "updated",
        "unchanged",
        "rejected",
    )
    ordering = ("-pk",)
