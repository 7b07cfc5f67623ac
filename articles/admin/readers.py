"""Lists at the desk where editors decide what readers get."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.response import TemplateResponse

from articles.models import Decision
from articles.models.bulk import chunks
from articles.models.writing import writing
from articles.publishing import publish, withdraw

from .actor import actor
from .bounds import is_sure
from .deciding import MANY, DecidingAdmin, why
from .log import note

Kind = Decision.Kind
ACTS = {Kind.PUBLISH: publish, Kind.WITHDRAW: withdraw}
DOING = {Kind.PUBLISH: "Publish", Kind.WITHDRAW: "Withdraw"}
DONE = {Kind.PUBLISH: "published", Kind.WITHDRAW: "withdrawn"}


class ReadersAdmin(DecidingAdmin):
    """Rows that are published and withdrawn, in bulk too."""

    @admin.action(description="Publish", permissions=["publish"])
    def publish_selected(
        self, request: HttpRequest, queryset: QuerySet[Any]
    ) -> TemplateResponse | None:
        return self.decide_on_chosen(request, queryset, Kind.PUBLISH)

    @admin.action(description="Withdraw", permissions=["publish"])
    def withdraw_selected(
        self, request: HttpRequest, queryset: QuerySet[Any]
    ) -> TemplateResponse | None:
        return self.decide_on_chosen(request, queryset, Kind.WITHDRAW)

    def decide_on_chosen(
        self, request: HttpRequest, queryset: QuerySet[Any], kind: Decision.Kind
    ) -> TemplateResponse | None:
        """Decide on the chosen rows, or ask whether so many are meant."""
        rows = self.chosen(request, queryset)
        if asked := self.asked_again(request, rows, DOING[kind], selected=rows):
            return asked
        self.decide(request, kind, rows)
        return None

    def decide(
        self, request: HttpRequest, kind: Decision.Kind, rows: Sequence[Any]
    ) -> None:
        """Record the decision on these rows, and say so.

        Very many go some at a time, so that nobody else waits for all of them.
        """
        made = 0
        for some in chunks(rows, MANY):
            with writing():
                kept = self.kept(request, some) if is_sure(request) else some
                made += ACTS[kind](kept, by=actor(request), why=why(request))
                note(request, kept, DONE[kind])
        if made:
            self.message_user(request, f"{made} {DONE[kind]}.", messages.SUCCESS)
