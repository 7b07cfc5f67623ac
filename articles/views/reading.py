"""What is for one reader alone: the site serves the frame, the browser fills it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

# The keys that `static/js/keys.js` listens to.
SHORTCUTS = (
    (("j",), "Next story"),
    (("k",), "Story before"),
    (("o", "Enter"), "Open the story"),
    (("s",), "Save the story, or remove it"),
    (("/",), "Search"),
    (("g", "h"), "Top stories"),
    (("g", "l"), "Latest"),
    (("g", "t"), "Topics"),
    (("g", "s"), "Your reading"),
    (("?",), "This list"),
    (("Esc",), "Close the list"),
)


@require_safe
def saved(request: HttpRequest) -> HttpResponse:
    return render(request, "articles/saved.html")


@require_safe
def shortcuts(request: HttpRequest) -> HttpResponse:
    return render(request, "articles/shortcuts.html", {"shortcuts": SHORTCUTS})
