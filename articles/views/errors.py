"""What is said where there is nothing to show."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 in the site's look, with the reason if a view gave one in words."""
    given = exception.args[0] if exception.args else ""
    # The router's own exception carries a table of routes, not a sentence.
    reason = given if isinstance(given, str) else ""
    return render(request, "404.html", {"reason": reason}, status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """500 in the site's look, which asks neither the database nor the request."""
    page = render_to_string("500.html", {"site_name": settings.SITE_NAME})
    return HttpResponse(page, status=500)
