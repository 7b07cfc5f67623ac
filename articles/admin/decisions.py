"""The log of every decision: to be looked at, narrowed, taken along, never edited."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.http import HttpRequest, StreamingHttpResponse

from articles.models import Decision
from articles.rules.text.clean import printable
from articles.selectors.desk.log import LogLine, log_lines, whole_log

from .bounds import DeskChangeList
from .csv_file import csv_answer
from .records import ReadOnly

COLUMNS = (
    "at",
    "author",
    "words",
    "why",
    "place",
    "address",
    "undone_at",
    "undone_by",
)
HEADER = ("When", "Who", "What", "Why", "Where", "Address", "Undone", "Undone by")
# Who decides without an account.
OTHERS = ("import", "a script")
MOST_LINES = 100_000  # of one file


class AuthorFilter(admin.SimpleListFilter):
    """Users of the desk, and what decides without one."""

    title = "who"
    parameter_name = "author"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        staff = User.objects.filter(is_staff=True).order_by("username")[:200]
        names = [*staff.values_list("username", flat=True), *OTHERS]
        return [(name, name) for name in names]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Decision]
    ) -> QuerySet[Decision]:
        return queryset.filter(author=self.value()) if self.value() else queryset


class KindFilter(admin.SimpleListFilter):
    title = "what"
    parameter_name = "kind"
    choice = {
        "publish": "published",
        "withdraw": "withdrew",
        "publish_at": "planned to publish",
        "headline": "set a title",
        "excerpt": "set an excerpt",
        "picture": "set a picture",
        "topics": "set topics",
        "merge": "put into one story",
        "split": "put into two stories",
        "lead": "chose a lead",
        "title": "gave a story a title",
        "pin": "pinned",
        "unpin": "unpinned",
        "note": "left a note",
        "dismiss": "dismissed a suggestion",
        "address": "let a story keep its address",
        "set_aside": "set a version aside",
        "reinstate": "used a version again",
        "forget": "forgot a version",
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(self.choice.items())

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Decision]
    ) -> QuerySet[Decision]:
        return queryset.filter(kind=self.value()) if self.value() else queryset


class UndoneFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "undone"
    choice = {
        "no": ("stands", Q(undone_at=None)),
        "yes": ("undone", Q(undone_at__isnull=False)),
        "waits": ("waits for its time", Q(due_at__isnull=False, undone_at=None)),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(key, words) for key, (words, _) in self.choice.items()]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Decision]
    ) -> QuerySet[Decision]:
        found = self.choice.get(self.value() or "")
        return queryset.filter(found[1]) if found else queryset


class LogChangeList(DeskChangeList):
    """The log, its lines put in words together."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        held = list(self.result_list)
        for one, line in zip(held, log_lines(held), strict=True):
            one.line = line
        self.result_list = held


@admin.register(Decision)
class DecisionAdmin(ReadOnly):
    list_display = ("at", "author", "what", "why", "where", "undone")
    list_display_links = ("at",)
    list_filter = (AuthorFilter, UndoneFilter, "at", KindFilter)
    search_fields = ("source_name", "canonical_url", "other_url", "why", "author")
    date_hierarchy = "at"
    ordering = ("-at", "-pk")
    list_per_page = 100
    actions = ("as_csv",)
    fields = (
        "at",
        "author",
        "what",
        "why",
        "where",
        "undone",
        "kind",
        "source",
        "canonical_url",
        "other",
        "other_url",
        "value",
        "due_at",
        "act",
        "digest",
    )

    class Media:
        css = {"all": ["css/admin/desk.css"]}

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[Any]:
        return LogChangeList

    @admin.display(description="what")
    def what(self, decision: Decision) -> str:
        return _line(decision).words

    @admin.display(description="where")
    def where(self, decision: Decision) -> str:
        return ", ".join(filter(None, (decision.place, decision.address)))

    @admin.display(description="undone")
    def undone(self, decision: Decision) -> str:
        if decision.undone_at is None:
            return ""
        return f"by {decision.undone_by}, {decision.undone_at:%d %B %Y %H:%M} UTC"

    @admin.display(description="source name", ordering="source_name")
    def source(self, decision: Decision) -> str:
        return printable(decision.source_name)

    @admin.display(description="other source name")
    def other(self, decision: Decision) -> str:
        return printable(decision.other_source)

    @admin.action(description="Download as CSV", permissions=["view"])
    def as_csv(
        self, request: HttpRequest, queryset: QuerySet[Decision]
    ) -> StreamingHttpResponse:
        """The chosen lines, or all that the filters let through, newest first."""
        found = queryset.order_by("-at", "-pk").values_list("pk", flat=True)
        lines = whole_log(list(found[:MOST_LINES]))
        rows = ([getattr(line, name) for name in COLUMNS] for line in lines)
        return csv_answer("decisions.csv", HEADER, rows)


def _line(decision: Decision) -> LogLine:
    """Its words, which a list has put together for all of its lines."""
    found: LogLine = getattr(decision, "line", None) or log_lines([decision])[0]
    return found
