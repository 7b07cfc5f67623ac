"""Search: its form, what is found, and what a reader has to know about that."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.search import SearchQuery, mended, parse
from articles.selectors.cursor import InvalidCursor
from articles.selectors.feed import FeedPage, feed_page
from articles.selectors.search import SORTS, SearchPage, search_page

from .filtering import Filtering, filtering
from .lists import BAD_CURSOR
from .search_notes import notes_on_hyphens, notes_on_question, notes_on_results


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    typed = request.GET.get("q", "")
    words = mended(typed)
    query = parse(words)
    # Without words it lists stories, as other lists do.
    asked = filtering(request, alone=bool(query))
    if words != typed:
        asked = asked.reworded(words)
    try:
        context = _context(request, asked, query)
    except InvalidCursor:
        raise Http404(BAD_CURSOR) from None
    return render(request, "articles/search.html", context)


def _context(
    request: HttpRequest, asked: Filtering, query: SearchQuery
) -> dict[str, Any]:
    given = request.GET.get("sort", "")

    def address(words: str) -> str:
        return _address(request, words)

    notes = notes_on_hyphens(request.GET.get("q", ""), query, address=address)
    notes += notes_on_question(query, sort=given, address=address)
    found = _found(asked, query, given, before=request.GET.get("before"))
    nothing = False
    if isinstance(found, SearchPage):
        notes += notes_on_results(found, address=address)
        nothing = found.is_empty
        if found.unknown:
            asked = asked.reworded(found.query.text)
        shown: dict[str, Any] = {"found": found}
    elif found:
        nothing = found.stories.is_empty
        shown = {"feed": found}
    else:
        shown = {}
    return {**asked.context(nothing=nothing), "query": query, "notes": notes, **shown}


def _address(request: HttpRequest, words: str) -> str:
    """The same search for other words, from its beginning."""
    given = request.GET.copy()
    given["q"] = words
    given.pop("before", None)
    return f"{request.path}?{given.urlencode()}"


def _found(
    asked: Filtering, query: SearchQuery, sort: str, *, before: str | None
) -> SearchPage | FeedPage | None:
    """What is found by words, or else listed by the filters; None: nothing is asked."""
    if asked.pages is None or asked.filter.problems:
        return None
    if query:
        question = asked.question(query)
        sort = _sort(sort, query)
        return search_page(question, asked.pages, sort=sort, before=before)
    if asked.filter.asks_beyond_words:
        return feed_page(order="latest", before=before, narrowed=asked.narrowed)
    return None


def _sort(given: str, query: SearchQuery) -> str:
    if not query.wanted:
        return "newest"  # without a word to look for, no page fits better than others
    return given if given in SORTS else "relevance"
