"""Undo where it is wanted: in the message that says what was done, and beside acts."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from articles.accounts.site import desk_page
from articles.models import Decision
from articles.models.writing import writing
from articles.publishing import undo
from articles.selectors.desk.history import ABOUT_ARTICLES, acts_of
from articles.selectors.desk.since import stands_since

from .actor import actor

LONGEST = 32  # of the id of an act
NAMED = 5  # articles about which others decided since


def say_done(request: HttpRequest, words: str, act: str) -> None:
    """Say what was done, with the way to take it back beside it."""
    messages.success(request, words, extra_tags=act)


@desk_page("undo/", "undo")
@require_POST
def undo_view(request: HttpRequest) -> HttpResponse:
    """Take back the act that a form names, and go on where it was."""
    act = named_act(request)
    with writing():
        made = list(Decision.objects.standing().filter(act=act)) if act else []
        if not made and not request.user.has_perm("articles.can_publish"):
            raise PermissionDenied
        if not all(may_undo(request, one) for one in made):
            raise PermissionDenied
        words = acts_of(made)[0].words if made else ""
        since = stands_since(made) if made else []
        undo(act, by=actor(request))
    if made:
        messages.success(request, f"Undone: {words}.")
        for other in since[:NAMED]:
            messages.warning(request, other)
    else:
        messages.warning(request, "That was undone already.")
    return redirect(_next(request))


def named_act(request: HttpRequest) -> str:
    """The id of the act that a form asks to be taken back."""
    return request.POST.get("undo", "")[:LONGEST]


def may_undo(request: HttpRequest, made: Decision) -> bool:
    """Whether the user may take this back: he who might have done it."""
    about_articles = made.kind in ABOUT_ARTICLES
    change = "articles.change_article" if about_articles else "articles.change_story"
    return request.user.has_perms(["articles.can_publish", change])


def _next(request: HttpRequest) -> str:
    """Where the form stood, which is a page of the desk."""
    path = request.POST.get("next", "")
    desk = reverse("admin:index")
    safe = path.startswith(desk) and url_has_allowed_host_and_scheme(path, None)
    return path if safe else desk
