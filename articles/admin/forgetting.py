"""Forgetting a source at the desk: what it takes away, a reason, and then for good."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from articles.ingest.lock import AnotherImportRuns, import_lock
from articles.ingest.undoing.forget import forget
from articles.models import Article, Drop
from articles.models.writing import writing
from articles.rules.phrasing import counted
from articles.rules.text.clean import printable

from .deciding import gone, why
from .log import note

PERMISSIONS = ("articles.view_article", "articles.can_forget")
TEMPLATE = "admin/articles/article/forget.html"
AGAIN = "Nothing was erased: another version came in meanwhile. Look at it again."
BUSY = "Another import runs: nothing was erased. Try again when it ended."


@dataclass(frozen=True, slots=True)
class Held:
    """What is kept of a source: how many versions, and the newest one's key."""

    versions: int
    newest: int

    def __str__(self) -> str:
        return f"{self.newest}.{self.versions}"


def forget_url(desk: admin.ModelAdmin) -> URLPattern:
    """The address of the page that asks; `desk` is that of articles."""

    def view(request: HttpRequest, pk: int) -> HttpResponse:
        return forget_view(desk, request, pk)

    shown = desk.admin_site.admin_view(view)
    return path("<int:pk>/forget/", shown, name="articles_article_forget")


def may_forget(request: HttpRequest) -> bool:
    """Whether the user may erase sources for good."""
    return request.user.has_perms(PERMISSIONS)


def forget_view(desk: admin.ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Ask before a source is erased, and then do it."""
    if not may_forget(request):
        raise PermissionDenied
    article = Article.objects.select_related("page").filter(pk=pk).first()
    if article is None:
        return gone(Article, request)
    reason = why(request)
    if request.method == "POST" and reason:
        return _forget(desk, request, article, reason)
    context = {
        **desk.admin_site.each_context(request),
        "title": f"Forget {printable(article.source_name)}?",
        "opts": desk.opts,
        "article": article,
        "held": _held(article),
        "named_by": _lists(article),
        "unsaid": request.method == "POST",
    }
    return TemplateResponse(request, TEMPLATE, context)


def _forget(
    desk: admin.ModelAdmin, request: HttpRequest, article: Article, reason: str
) -> HttpResponse:
    who = request.user.get_username()
    try:
        with import_lock():
            held = _held(article)
            if request.POST.get("shown") != str(held):
                desk.message_user(request, AGAIN, messages.WARNING)
                return redirect(request.path)
            forget(article.source_name, author=who, why=reason, now=timezone.now())
    except AnotherImportRuns:
        desk.message_user(request, BUSY, messages.ERROR)
        return redirect(request.path)
    except Drop.DoesNotExist:
        return gone(Article, request)
    erased = counted(held.versions, "version")
    with writing():
        note(request, [article], f"forgotten: {erased}")
    desk.message_user(request, f"Erased for good: {erased} of the source.")
    return redirect(reverse("admin:articles_article_changelist"))


def _held(article: Article) -> Held:
    found = Drop.objects.filter(source_name=article.source_name)
    keys = list(found.values_list("versions__pk", flat=True))
    kept = [key for key in keys if key is not None]
    return Held(len(kept), max(kept, default=0))


def _lists(article: Article) -> int:
    """How many other drops name the article in their lists."""
    named = article.page.mentions.exclude(article=article)
    return named.values("article").distinct().count()
