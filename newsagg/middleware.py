"""Headers that every answer carries, and the moment that an answer is of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.middleware.http import ConditionalGetMiddleware

from articles.models.publication import publication_version
from articles.models.writing import reading

from .connections import close_if_replaced

# Where a request that asks for it is told which publication its answer is of.
VERSION = "newsagg.version"
PREVIEWS = f"{settings.SESSION_COOKIE_PATH}preview/"
Policy = Mapping[str, Sequence[str]]


def content_security_policy(policy: Policy) -> str:
    """Spell a policy in the shape of Django 6's `SECURE_CSP` as a header value."""
    return "; ".join(f"{name} {' '.join(values)}" for name, values in policy.items())


class KeptConnections:
    """Lets nobody ask a database that another has taken the place of."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # What fails here fails again where it is asked, and is said there.
        with suppress(Error):
            if not request.path.startswith(settings.STATIC_URL):
                close_if_replaced()
        return self.get_response(request)


class SecurityHeaders:
    """Content security and permissions policy, and the caching rule of public pages.

    To be deleted for `django.middleware.csp` once the project runs on Django 6.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.policy = content_security_policy(settings.SECURE_CSP)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=()"
        )
        # A reader's copy is always asked for again, so that what an editor
        # withdraws is gone at once; the ETag makes asking cheap.
        response.headers.setdefault("Cache-Control", "no-cache")
        return response


class ConditionalAnswers(ConditionalGetMiddleware):
    """Whoever has an answer is not sent it again, asked by GET or by HEAD.

    Views answer HEAD with the whole page, which `HeadersOnly` cuts in the end.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        method = request.method
        if method == "HEAD":
            request.method = "GET"
        try:
            return super().process_response(request, response)
        finally:
            request.method = method


class GzippedText(GZipMiddleware):
    """Compresses what is not a picture: those are compressed already."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if response.get("Content-Type", "").startswith("image/"):
            return response
        return super().process_response(request, response)


class HeadersOnly:
    """HEAD is answered with the headers of GET, those about the body included."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "HEAD" and not response.streaming:
            response.content = b""
        return response


class OneMoment:
    """Lets all that a page reads be of one moment, whoever writes meanwhile."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        if request.path.startswith(PREVIEWS):
            return self.get_response(request)  # its moment is one that will not be
        if request.path.startswith(settings.SESSION_COOKIE_PATH):
            # Who it is may have to be written down: a session that is over is deleted.
            _ = request.user.is_authenticated
        with reading():
            if VERSION in request.META:
                # Read first: the moment of the page begins with it.
                request.META[VERSION] = publication_version()
            return self.get_response(request)
