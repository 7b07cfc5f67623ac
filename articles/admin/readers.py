"""Lists at the desk where editors decide what readers get."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from articles.models import Decision
from articles.models.bulk import chunks
from articles.models.writing import writing
from articles.publishing import decide, new_act

from .actor import actor
from .bounds import is_sure
from .deciding import MANY, DecidingAdmin, everything, why
from .listing import BoundedPaginator
from .log import note
from .undoing import say_done

Kind = Decision.Kind
DOING = {Kind.PUBLISH: "Publish", Kind.WITHDRAW: "Withdraw"}
DONE = {Kind.PUBLISH: "published", Kind.WITHDRAW: "withdrawn"}


class ReadersAdmin(DecidingAdmin):
    """Rows that are published and withdrawn, in bulk too."""

    change_list_template = "admin/articles/list.html"
    paginator = BoundedPaginator
    list_per_page = list_max_show_all = 100

    @property
    def media(self) -> forms.Media:
        """Without the scripts of Django's own lists and forms."""
        scripts: Any = [forms.Script("js/admin/list.js", defer=True)]
        sheets: Any = {"all": ["css/admin/desk.css", "css/admin/list.css"]}
        return forms.Media(css=sheets, js=scripts)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if everything(request) and ACTION_CHECKBOX_NAME not in request.POST:
            # All that match are chosen without choosing one, which Django asks for.
            given = request.POST.copy()
            given[ACTION_CHECKBOX_NAME] = "0"
            request.POST = given  # type: ignore[assignment]
        actions: Any = self.get_actions(request).values()
        context = {
            "may_decide": self.may_decide(request),
            "buttons": [(name, words) for _, name, words in actions],
            **(extra_context or {}),
        }
        return super().changelist_view(request, context)

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
        """Record the decision on these rows; say how many were done and were left.

        Very many go some at a time, so that nobody else waits for all of them.
        """
        made, act = 0, new_act()
        refused: dict[int, str] = {}
        for some in chunks(rows, MANY):
            with writing():
                kept = some
                if is_sure(request):
                    kept, others = self.kept(request, some)
                    refused |= others
                made += decide(
                    kind, kept, by=actor(request), why=why(request), act=act
                ).made
                note(request, kept, DONE[kind])
        self.say_refused(request, refused, {row.pk: row for row in rows})
        if made:
            say_done(request, f"{made} {DONE[kind]}.", act)
