"""Readers get pages that were made before, as long as the publication is the same.

`KeptPages` stands before Django and answers from what is kept: one look at the
version, and nothing else of a request. What it cannot answer comes to `PageCache`,
the outermost middleware: it has each page made once and keeps it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import MiddlewareNotUsed
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse

from articles.models.publication import publication, publication_version

from . import kept_pages
from .connections import close_if_replaced
from .kept_pages import Kept
from .middleware import VERSION

PATIENCE_S = 5.0  # to wait for somebody else who makes the page
POLL_S = 0.01
Start = Callable[..., Any]
Application = Callable[[dict[str, Any], Start], Iterable[bytes]]


class KeptPages:
    """A WSGI application that answers what is kept, and asks another for the rest."""

    def __init__(self, application: Application) -> None:
        self.application = application

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        page = self._page(environ) if kept_pages.may_be_kept(environ) else None
        if page is None:
            return self.application(environ, start)
        if kept_pages.is_held(environ, page):
            start("304 Not Modified", list(page.headers))
            return [b""]
        start("200 OK", [*page.about_body, *page.headers])
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else page.body]

    def _page(self, environ: dict[str, Any]) -> Kept | None:
        try:
            close_if_replaced()
            held = publication()
        except Error:
            # Django says what is wrong, with a connection of its own.
            connection.close()
            return None
        if held.is_behind(time.time()):
            return None
        return kept_pages.get(kept_pages.name_of(environ), held.version)


class PageCache:
    """Makes pages once for each version of the publication."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not kept_pages.on():
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not kept_pages.may_be_kept(request.META):
            return self.get_response(request)
        name = kept_pages.name_of(request.META)
        try:
            return self._kept(request, name) or self._once(request, name)
        except Error:
            return self.get_response(request)

    def _once(self, request: HttpRequest, name: str) -> HttpResponse:
        """Make the page, or wait for who is making it, but not for ever."""
        until = time.monotonic() + PATIENCE_S
        while not kept_pages.begin(name):
            if time.monotonic() > until:
                return self._made(request, name)
            time.sleep(POLL_S)
            if found := self._kept(request, name):
                return found
        try:
            # Who made it may have ended between the two questions.
            return self._kept(request, name) or self._made(request, name)
        finally:
            kept_pages.end(name)

    def _kept(self, request: HttpRequest, name: str) -> HttpResponse | None:
        page = kept_pages.get(name, publication_version())
        return _answer(request, page) if page else None

    def _made(self, request: HttpRequest, name: str) -> HttpResponse:
        """The whole page, asked for as if nobody had it, and kept."""
        method, held = request.method, request.META.pop("HTTP_IF_NONE_MATCH", None)
        request.method, request.META[VERSION] = "GET", None
        try:
            response = self.get_response(request)
        finally:
            request.method = method
            if held is not None:
                request.META["HTTP_IF_NONE_MATCH"] = held
        page, version = kept_pages.whole(response), request.META[VERSION]
        if page is None:
            if method == "HEAD" and not response.streaming:
                response.content = b""
            return response
        if version is not None:
            kept_pages.keep(name, version, page)
        return _answer(request, page)


def _answer(request: HttpRequest, page: Kept) -> HttpResponse:
    if kept_pages.is_held(request.META, page):
        return HttpResponse(status=304, headers=dict(page.headers))
    body = b"" if request.method == "HEAD" else page.body
    return HttpResponse(body, headers=dict((*page.about_body, *page.headers)))
