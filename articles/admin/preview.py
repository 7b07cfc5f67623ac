"""What readers would get if something were decided: their own pages, made and dropped.

The decision is carried out in a transaction that is taken back, so a preview shows what
would be, not what somebody thought would be. Nothing of it is kept anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import resolve, reverse
from django.views.decorators.http import require_safe

from articles.accounts.site import desk_page
from articles.models import Page, Story
from articles.models.writing import trial
from articles.publishing import NothingToDecide, publish, withdraw
from articles.rules.phrasing import counted

from .deciding import keys

MOST = 50  # articles decided on in one preview
FACES = {"story": "The story", "front": "The front page", "edition": "The edition"}
ACTS: dict[str, tuple[str, Callable[..., int]]] = {
    "publish": ("published", publish),
    "withdraw": ("withdrawn", withdraw),
}


@dataclass(frozen=True, slots=True)
class Preview:
    """What the banner of a preview says, and where it leads."""

    words: str  # "With 2 articles published"
    face: str  # which page it is
    faces: tuple[tuple[str, str, str], ...]  # name, words and address of each
    back: str


@desk_page("preview/", "preview")
@require_safe
def preview(request: HttpRequest) -> HttpResponse:
    """The story, the front page or the edition as they would be with a decision.

    `act` is publish or withdraw, `page` the keys of pages, `of` the page to show.
    """
    if not request.user.has_perm("articles.can_publish"):
        raise PermissionDenied
    asked = request.GET
    pages = list(
        Page.objects.filter(pk__in=keys(request, "page", asked)[:MOST])
        .exclude(story=None)
        .select_related("article")
        .order_by("pk")
    )
    if asked.get("act") not in ACTS or not pages:
        raise Http404("There is nothing to preview: it may have changed since.")
    done, act = ACTS[asked["act"]]
    words = f"With {counted(len(pages), 'article')} {done}"
    return shown_with(request, words, lambda: act(pages, by=request.user), pages[0])


def shown_with(
    request: HttpRequest, words: str, act: Callable[[], Any], page: Page
) -> HttpResponse:
    """A page of the site as it would be after an act about a page's story."""
    face = request.GET.get("of", "story")
    face = face if face in FACES else "story"
    faces = tuple((name, said, _address(request, name)) for name, said in FACES.items())
    story = reverse("admin:articles_story_change", args=[page.story_id])
    banner = Preview(words, face, faces if request.method == "GET" else (), story)
    try:
        with trial():
            act()
            page.refresh_from_db()
            answer = _public(request, _path(face, page), banner)
    except NothingToDecide as nothing:
        answer = _told(request, banner, f"Nothing would change: {nothing}.")
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _address(request: HttpRequest, face: str) -> str:
    asked = request.GET.copy()
    asked["of"] = face
    return f"?{asked.urlencode()}"


def _path(face: str, page: Page) -> str:
    """Where readers would find it; "" where they would not."""
    if face == "front":
        return reverse("feed")
    story = Story.objects.listed().filter(pages=page).select_related("lead").first()
    if story is None or story.first_on is None:
        return ""
    if face == "story":
        return reverse("story", args=[story.public_id, story.slug])
    day: Sequence[str] = f"{story.first_on:%Y %m %d}".split()
    return reverse("edition", args=day)


def _public(request: HttpRequest, path: str, banner: Preview) -> HttpResponse:
    """What a reader gets there, under a banner that says what it is."""
    if not path:
        return _told(request, banner, "Readers would get no story of it.")
    asked = copy(request)
    asked.method, asked.GET, asked.path = "GET", QueryDict(), path
    asked.path_info = path
    asked.META = {**request.META, "QUERY_STRING": "", "PATH_INFO": path}
    asked.resolver_match = resolve(path)
    asked.preview = banner  # type: ignore[attr-defined]
    made: HttpResponse = asked.resolver_match.func(
        asked, *asked.resolver_match.args, **asked.resolver_match.kwargs
    )
    return made


def _told(request: HttpRequest, banner: Preview, words: str) -> HttpResponse:
    asked = copy(request)
    asked.preview = banner  # type: ignore[attr-defined]
    return render(asked, "admin/preview/nothing.html", {"words": words})
