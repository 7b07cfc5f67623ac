"""The lists of stories, and what a reader may do to them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.selectors.cursor import InvalidCursor
from articles.selectors.feed import feed_page

from .filtering import filtering

NAMES = {"top": "Top stories", "latest": "Latest", "covered": "Most covered"}
BAD_CURSOR = "This address asks for a place in the list that does not exist."


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    return _in_order(request, "top")


@require_safe
def covered(request: HttpRequest) -> HttpResponse:
    return _in_order(request, "covered")


@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    return _in_order(request, "latest")


def _in_order(request: HttpRequest, order: str) -> HttpResponse:
    asked = filtering(request, alone=False)
    try:
        found = feed_page(
            order=order, before=request.GET.get("before"), narrowed=asked.narrowed
        )
    except InvalidCursor:
        raise Http404(BAD_CURSOR) from None
    # Counting for the panel costs more than all else: most readers of the front page
    # do not ask for it, and get a link.
    wanted = order == "latest" or not asked.is_at_rest
    context = asked.context if wanted and found.newest_at else {}
    context = {"feed": found, "list_name": NAMES[order], **context}
    return render(request, "articles/feed.html", context)
