"""Asking for pages as a server does, past Django where they are kept."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

from django.core.cache.backends.locmem import LocMemCache
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory

from newsagg.page_cache import KeptPages

MEMORY = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
NONE = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
BROKEN = {"default": {"BACKEND": "articles.tests.kept.asking.BrokenCache"}}
Answer = tuple[int, dict[str, str], bytes]


class BrokenCache(LocMemCache):
    """A cache that has gone away."""

    def _gone(self, *args: Any, **kwargs: Any) -> Any:
        raise ConnectionError("nobody there")

    get = set = add = delete = _gone


class Server:
    """The site as a WSGI server has it; counts what Django was asked for."""

    def __init__(self) -> None:
        self.reached = 0
        self._site = WSGIHandler()
        self._served = KeptPages(self._django)

    def _django(self, environ: Any, start: Any) -> Any:
        self.reached += 1
        return self._site(environ, start)

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Status, headers and body; headers by their names in the environment."""
        told: list[Any] = []
        environ = RequestFactory().generic(method, path, **headers).environ
        # Within a test's transaction nothing is to be closed in the end.
        with patch("django.db.close_old_connections"):
            given = self._served(environ, lambda *head: told.extend(head))
            body = b"".join(given)
            getattr(given, "close", bool)()
        return int(told[0].split()[0]), dict(told[1]), body
