"""The lists of stories, and what a reader may do to them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.selectors.cursor import InvalidCursor
from articles.selectors.feed import feed_page
from articles.selectors.front import front_page
from articles.selectors.lists import StoryList

from .filtering import filtering

BAD_CURSOR = "This link leads to a place in the list that does not exist."


@require_safe
def stories(request: HttpRequest, listing: StoryList) -> HttpResponse:
    """A list of stories, narrowed by what the request asks for."""
    asked = filtering(request, alone=False, only=listing.only)
    if listing.is_front and asked.is_at_rest and "before" not in request.GET:
        return render(request, "articles/front.html", {"front": front_page()})
    try:
        found = feed_page(
            order=listing.name,
            before=request.GET.get("before"),
            narrowed=asked.narrowed,
        )
    except InvalidCursor:
        raise Http404(BAD_CURSOR) from None
    nothing = found.stories.is_empty
    context = asked.context(nothing=nothing) if found.newest_at else {}
    context = {"feed": found, "listing": listing, **context}
    return render(request, "articles/feed.html", context)
