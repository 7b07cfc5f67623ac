"""Search: its form, what is found, and what a reader has to know about that."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.search import SearchQuery, parse
from articles.selectors.cursor import InvalidCursor
from articles.selectors.feed import feed_page
from articles.selectors.search import SORTS, search_page

from .filtering import Filtering, filtering
from .lists import BAD_CURSOR
from .search_notes import notes_on_question, notes_on_results


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    query = parse(request.GET.get("q", ""))
    # Without words it lists stories, as other lists do.
    asked = filtering(request, alone=bool(query))
    try:
        context = _context(request, asked, query)
    except InvalidCursor:
        raise Http404(BAD_CURSOR) from None
    return render(request, "articles/search.html", context)


def _context(
    request: HttpRequest, asked: Filtering, query: SearchQuery
) -> dict[str, Any]:
    given, before = request.GET.get("sort", ""), request.GET.get("before")
    context: dict[str, Any] = {} if asked.is_at_rest else asked.context
    context |= {"query": query, "notes": notes_on_question(query, sort=given)}
    if asked.pages is None or asked.filter.problems:
        return context
    if query:
        sort = _sort(given, query)
        found = search_page(query, asked.pages, sort=sort, before=before)
        context["notes"] += notes_on_results(found)
        return context | {"found": found}
    if not asked.filter.asks_beyond_words:
        return context
    feed = feed_page(order="latest", before=before, narrowed=asked.narrowed)
    return context | {"feed": feed}


def _sort(given: str, query: SearchQuery) -> str:
    if not query.wanted:
        return "newest"  # without a word to look for, no page fits better than others
    return given if given in SORTS else "relevance"
