"""What is said where there is nothing to show."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 in the site's look, with the reason if a view gave one in words."""
    said = exception.args[0] if exception.args else ""
    # The router's own exception carries a table of routes, not a sentence.
    reason = said if isinstance(said, str) else ""
    return render(request, "404.html", {"reason": reason}, status=404)
