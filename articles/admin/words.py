"""Forms on the page of an article: what an editor sets, and when it is published."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from articles.library.decisions import EDIT_KINDS, READERS
from articles.models import Article, Decision
from articles.models.writing import writing
from articles.publishing import NothingToDecide, edit, publish_at
from articles.rules.edits import Picture, Value
from articles.selectors.desk.since import (
    Since,
    article_subjects,
    who_changed,
)
from articles.selectors.desk.values import known_pictures

from .actor import actor
from .deciding import why
from .log import note
from .preview import shown_with
from .shown import shown_rows
from .times import due_of
from .undoing import say_done

Kind = Decision.Kind
Wanted = dict[Kind, Value | None]
WAS = "was_"  # before the name of a field: what the form showed in it


def words_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Set title, excerpt, picture or topics, give one back, or show how it would be."""
    article = _article(request, pk)
    if article is None:
        return gone_article(request)
    try:
        wanted = wanted_of(request.POST, article)
        if "preview" in request.POST:
            words = "With these words"
            return shown_with(
                request, words, lambda: edit(article, wanted), article.page
            )
        with writing():
            _unchanged(request, article, EDIT_KINDS)
            act = edit(article, wanted, by=actor(request), why=why(request))
            done = ", ".join(kind.label for kind in wanted)
            note(request, [article], f"set: {done}")
        say_done(request, "Saved. Readers get it with their next request.", act)
    except NothingToDecide as nothing:
        messages.warning(request, f"Nothing was changed: {nothing}.")
    return _back(article)


def schedule_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish at a time, which is one of the site's time zone."""
    article = _article(request, pk)
    if article is None:
        return gone_article(request)
    try:
        due = due_of(request.POST)
        with writing():
            _unchanged(request, article, (*READERS, Kind.PUBLISH_AT))
            act = publish_at([article], due, by=actor(request), why=why(request))
            note(request, [article], "planned to publish")
        said = f"{timezone.localtime(due):%-d %B %Y, %H:%M}"
        say_done(request, f"It will be published on {said}.", act)
    except NothingToDecide as nothing:
        messages.warning(request, f"Nothing was planned: {nothing}.")
    return _back(article)


def wanted_of(posted: QueryDict, article: Article) -> Wanted:
    """What the form asks to be set: the fields that differ from what it showed.

    A field given back to the drop is None; then nothing else is looked at.
    """
    if back := posted.get("back"):
        return {kind: None for kind in EDIT_KINDS if kind.value == back}
    wanted: Wanted = {}
    for kind in EDIT_KINDS:
        text = _lines(posted.get(kind.value, ""))
        if kind.value in posted and text != _lines(posted.get(WAS + kind.value, "")):
            wanted[kind] = _value(kind, text, article)
    return wanted


def _value(kind: Kind, text: str, article: Article) -> Value:
    if kind == Kind.TOPICS:
        return tuple(text.split("\n"))
    if kind != Kind.PICTURE:
        return text
    image = known_pictures(article).get(text)
    return Picture(text, image.width, image.height) if image else Picture(text)


def _lines(text: str) -> str:
    """As it was before a browser sent it: forms spell line ends in their own way."""
    return text.replace("\r\n", "\n").strip()


def _article(request: HttpRequest, pk: int) -> Article | None:
    wanted = ["articles.can_publish", "articles.change_article"]
    if request.method != "POST" or not request.user.has_perms(wanted):
        raise PermissionDenied
    return Article.objects.filter(pk=pk).select_related("page").first()


def _unchanged(request: HttpRequest, article: Article, kinds: Sequence[Kind]) -> None:
    """Raise NothingToDecide where somebody decided so since the form was made."""
    shown = shown_rows(request.POST).get(article.pk)
    if shown is None:
        return
    subject = article_subjects([article])[article.pk]
    if one := Since(shown.newest, kinds).about(subject, shown.newest):
        raise NothingToDecide(f"{who_changed(one)}: look at it again")


def _back(article: Article) -> HttpResponse:
    return redirect(reverse("admin:articles_article_change", args=[article.pk]))


def gone_article(request: HttpRequest) -> HttpResponse:
    """Back to the list, with a word."""
    messages.warning(request, "This article no longer exists.")
    return redirect(reverse("admin:articles_article_changelist"))
