"""Import runs at the desk: what each brought, what was wrong, and its undoing."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from articles.ingest.lock import AnotherImportRuns, import_lock
from articles.ingest.undoing.refusals import ABOUT_VERSIONS, refused
from articles.ingest.undoing.undo import redo_run, undo_run
from articles.models import Decision, DropVersion, ImportRun

from .deciding import gone, why
from .log import note
from .records import ReadOnly

MOST_VERSIONS = 200


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnly):
    list_display = (
        "__str__",
        "started_at",
        "files",
        "created",
        "updated",
        "unchanged",
        "rejected",
        "problem_count",
    )
    ordering = ("-pk",)

    @admin.display(description="problems")
    def problem_count(self, run: ImportRun) -> int:
        return len(run.problems)

    def get_urls(self) -> list[URLPattern]:
        ask = self.admin_site.admin_view(self.undo_view)
        urls: list[URLPattern] = super().get_urls()
        return [path("<int:pk>/undo/", ask, name="articles_importrun_undo"), *urls]

    def may_undo(self, request: HttpRequest) -> bool:
        return request.user.has_perm("articles.change_importrun")

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        run = self.get_object(request, unquote(object_id))
        if not self.has_view_permission(request, run):
            raise PermissionDenied
        if not isinstance(run, ImportRun):
            return gone(self.model, request)
        aside, held = _set_aside(run)
        context = self._context(request, run) | {
            "versions": _versions(run)[:MOST_VERSIONS],
            "more": max(0, held - MOST_VERSIONS),
            "held": held,
            "aside": aside,
            "may_undo": self.may_undo(request) and held > 0,
        }
        return TemplateResponse(request, "admin/articles/importrun/run.html", context)

    def undo_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask before a run is undone, or an undo taken back, and then do it."""
        run = ImportRun.objects.filter(pk=pk).first()
        if not self.may_undo(request):
            raise PermissionDenied
        if run is None:
            return gone(self.model, request)
        back = "back" in (request.POST or request.GET)
        if request.method == "POST":
            return self._undo(request, run, back=back)
        aside, held = _set_aside(run)
        context = self._context(request, run) | {
            "title": f"Take the undoing of {run} back?" if back else f"Undo {run}?",
            "back": back,
            "versions": _versions(run)[:MOST_VERSIONS],
            "held": held,
            "shown": f"{aside}.{held}",
        }
        return TemplateResponse(request, "admin/articles/importrun/undo.html", context)

    def _undo(
        self, request: HttpRequest, run: ImportRun, *, back: bool
    ) -> HttpResponse:
        act = redo_run if back else undo_run
        done = "used again" if back else "set aside"
        who = request.user.get_username()
        answer = redirect(reverse("admin:articles_importrun_change", args=[run.pk]))
        try:
            with import_lock():
                aside, held = _set_aside(run)
                if request.POST.get("shown", f"{aside}.{held}") != f"{aside}.{held}":
                    words = "Nothing was changed: somebody undid it, or took that back,"
                    words += " or another import brought the same. Look at it again."
                    self.message_user(request, words, messages.WARNING)
                    return answer
                undone = act(run, author=who, why=why(request), now=timezone.now())
        except AnotherImportRuns:
            words = "Another import runs: nothing was changed. Try again when it ended."
            self.message_user(request, words, messages.ERROR)
            return answer
        note(request, [run], f"versions {done}: {len(undone.sources)}")
        self.message_user(
            request, f"{len(undone.sources)} sources: their versions are {done}."
        )
        return answer

    def _context(self, request: HttpRequest, run: ImportRun) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "title": str(run),
            "opts": self.opts,
            "run": run,
            "counts": [
                (name, getattr(run, name))
                for name in ("files", "created", "updated", "unchanged", "rejected")
            ],
        }


def _versions(run: ImportRun) -> Any:
    return (
        DropVersion.objects.filter(import_run=run)
        .select_related("drop")
        .defer("pieces")
        .order_by("drop__source_name", "pk")
    )


def _set_aside(run: ImportRun) -> tuple[int, int]:
    """How many of a run's versions are not to be used, and how many it brought."""
    rows = run.versions.values_list("drop__source_name", "digest")
    keys = [(name, bytes(digest).hex()) for name, digest in rows]
    decided = Decision.objects.filter(kind__in=ABOUT_VERSIONS)
    concerned = set(decided.values_list("digest", flat=True))
    return len(refused(key for key in keys if key[1] in concerned)), len(keys)
