"""What the desk shows and nobody edits there."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from articles.models import Provider, Topic

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
