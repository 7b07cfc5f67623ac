"""What is said where there is nothing to show."""

from __future__ import annotations

import re
import sys
from typing import Any

from django.conf import settings
from django.core.exceptions import (
    BadRequest,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string

from .resend import what_was_sent
from .trouble import Trouble, after_the_view, trouble_behind

# What programs read: they get a plain sentence.
FOR_PROGRAMS = re.compile(r"\.(atom|rss|xml|json|txt)$")
NOT_SAVED = "Nothing of what you sent was saved."
MAYBE_SAVED = (
    "What you sent may have been saved already; sending it again does not do it twice."
)


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 in the site's look, with the reason if a view gave one in words."""
    given = exception.args[0] if exception.args else ""
    # The router's own exception carries a table of routes, not a sentence.
    reason = given if isinstance(given, str) else ""
    return render(request, "404.html", {"reason": reason}, status=404)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400 in words, or 503 where a session could not be saved for the database."""
    if trouble := trouble_behind(exception):
        return unavailable(request, trouble, maybe_saved=after_the_view(exception))
    reason = str(exception) if isinstance(exception, BadRequest) else ""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        reason = "The form is larger than this site accepts."
    return HttpResponse(_plain("400.html", reason=reason), status=400)


def failed(request: HttpRequest) -> HttpResponse:
    """500 in the site's look, which asks neither the database nor the request.

    It is called while the error is being handled: where that is trouble with the
    database, whoever asked can try again, and is told so with 503.
    """
    error = sys.exc_info()[1]
    if trouble := trouble_behind(error):
        return unavailable(request, trouble, maybe_saved=after_the_view(error))
    return HttpResponse(_plain("500.html"), status=500)


def unavailable(
    request: HttpRequest, trouble: Trouble, *, maybe_saved: bool = False
) -> HttpResponse:
    """503: what is wrong, when to try again, and what a form held, to be sent again."""
    if _is_for_program(request):
        words = f"{trouble.title}. {trouble.reason} {trouble.advice}\n"
        answer = HttpResponse(words, status=503, content_type="text/plain")
    else:
        answer = HttpResponse(_busy_page(request, trouble, maybe_saved), status=503)
    if trouble.retry_after is not None:
        answer.headers["Retry-After"] = str(trouble.retry_after)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _busy_page(request: HttpRequest, trouble: Trouble, maybe_saved: bool) -> str:
    given: dict[str, Any] = {"sent": None}
    if request.method == "POST":
        sent = what_was_sent(request)
        given = {
            "sent": sent or [],
            "too_long": sent is None,
            "saved": MAYBE_SAVED if maybe_saved else NOT_SAVED,
            "csrf_token": get_token(request),
        }
    return _plain(
        "503.html",
        title=trouble.title,
        reason=trouble.reason,
        advice=trouble.advice,
        **given,
    )


def _plain(template: str, **given: Any) -> str:
    return render_to_string(template, given | {"site_name": settings.SITE_NAME})


def _is_for_program(request: HttpRequest) -> bool:
    if FOR_PROGRAMS.search(request.path):
        return True
    accepted = request.headers.get("Accept", "")
    return "json" in accepted and "html" not in accepted
