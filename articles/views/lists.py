"""The lists of stories, and what a reader may do to them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.selectors.cursor import InvalidCursor
from articles.selectors.feed import feed_page

from .filtering import filtering

BAD_CURSOR = "This address asks for a place in the list that does not exist."


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    return _in_order(request, "top")


@require_safe
def covered(request: HttpRequest) -> HttpResponse:
    return _in_order(request, "covered")


@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    asked = filtering(request)
    try:
        found = feed_page(
            order="latest", before=request.GET.get("before"), holding=asked.pages
        )
    except InvalidCursor:
        raise Http404(BAD_CURSOR) from None
    return render(request, "articles/feed.html", {"feed": found, **asked.context})


def _in_order(request: HttpRequest, order: str) -> HttpResponse:
    try:
        found = feed_page(order=order, before=request.GET.get("before"))
    except InvalidCursor:
        raise Http404(BAD_CURSOR) from None
    return render(request, "articles/feed.html", {"feed": found})
