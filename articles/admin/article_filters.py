"""What the list of articles can be narrowed to, beside its own fields."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from articles.models import Article

# An article that its drop publishes and readers do not get is dated ahead.
WAITING = Q(decided=None, published=False)
AHEAD = WAITING & Q(drop_published=True, drop_removed=False)


class _Choice(admin.SimpleListFilter):
    """A filter with one condition for each choice."""

    choice: dict[str, tuple[str, Q]]

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(key, words) for key, (words, _) in self.choice.items()]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Article]
    ) -> QuerySet[Article]:
        found = self.choice.get(self.value() or "")
        return queryset.filter(found[1]) if found else queryset


class WaitingFilter(_Choice):
    title = "waiting"
    parameter_name = "waiting"
    choice = {
        "editor": ("for an editor", WAITING & ~AHEAD),
        "day": ("for their date: dated ahead", AHEAD),
        "any": ("for either", WAITING),
    }


class DecisionFilter(_Choice):
    title = "decision"
    parameter_name = "decision"
    choice = {
        "none": ("none", Q(decided=None)),
        "any": ("has one", Q(decided__isnull=False)),
        "publish": ("published", Q(decided=True)),
        "withdraw": ("withdrawn", Q(decided=False)),
    }
