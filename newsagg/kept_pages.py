"""Whole answers to readers, kept under the version of the publication they are of.

Nothing in here fails because a cache does: without one, pages are made anew.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Mapping
from functools import cache
from hashlib import blake2b
from typing import Any, NamedTuple, TypeVar

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import caches
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import parse_etags

from articles.fingerprint import fingerprint

Value = TypeVar("Value")
Environ = Mapping[str, Any]
Headers = tuple[tuple[str, str], ...]

LARGEST = 256 * 1024  # bytes of a body that is kept
KEPT_S = 3600  # that pages of former versions are kept, where nobody counts them
RENDERING_S = 10  # that somebody who makes a page is waited for by other processes
PAUSE_S = 5  # without a cache that has failed
PICTURES = "/pictures/"  # kept on the disk, and not to be waited for
ABOUT_THE_BODY = {"content-type", "content-length", "content-encoding"}
# Asked for so, a page is the full stack's to answer.
_OTHER_CONDITIONS = (
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_IF_UNMODIFIED_SINCE",
    "HTTP_IF_MATCH",
    "HTTP_RANGE",
)
_GZIP = re.compile(r"\bgzip\b")  # as GZipMiddleware reads it


class Kept(NamedTuple):
    """A whole answer: its headers, those about the body apart, and its body."""

    headers: Headers
    about_body: Headers
    etag: str
    body: bytes


def on() -> bool:
    """Whether pages are kept: not while templates change under development."""
    backend = str(settings.CACHES["default"]["BACKEND"])
    return not settings.DEBUG and not backend.endswith("DummyCache")


def may_be_kept(environ: Environ) -> bool:
    """Whether this asks for a page that every reader gets alike."""
    return (
        environ["REQUEST_METHOD"] in ("GET", "HEAD")
        and not environ["PATH_INFO"].startswith(
            (settings.SESSION_COOKIE_PATH, _static(), PICTURES)
        )
        and not any(name in environ for name in _OTHER_CONDITIONS)
    )


def name_of(environ: Environ) -> str:
    """What tells one answer from another, but for the version: hosts as given."""
    proxied = settings.SECURE_PROXY_SSL_HEADER
    asked = (
        _site(),
        environ.get("HTTP_HOST") or environ["SERVER_NAME"] + environ["SERVER_PORT"],
        environ["wsgi.url_scheme"],
        environ.get(proxied[0], "") if proxied else "",
        "gzip" if _GZIP.search(environ.get("HTTP_ACCEPT_ENCODING", "")) else "",
        environ.get("SCRIPT_NAME", "") + environ["PATH_INFO"],
        environ.get("QUERY_STRING", ""),
    )
    return blake2b("\n".join(asked).encode(), digest_size=16).hexdigest()


def get(name: str, version: int) -> Kept | None:
    """The answer of this name and version, if it is kept."""
    held = _ask(lambda: caches["default"].get(f"page:{version}:{name}"), None)
    return Kept(*held) if held is not None else None


def keep(name: str, version: int, page: Kept) -> None:
    """Keep an answer, unless it is too large."""
    if len(page.body) <= LARGEST:
        key = f"page:{version}:{name}"
        _ask(lambda: caches["default"].set(key, tuple(page), KEPT_S), None)


def begin(name: str) -> bool:
    """Whether it is the caller's to make this answer; others wait for it."""
    return _ask(lambda: caches["default"].add(f"making:{name}", 1, RENDERING_S), True)


def end(name: str) -> None:
    """Say that the answer is made, or cannot be."""
    _ask(lambda: caches["default"].delete(f"making:{name}"), False)


def whole(response: HttpResponseBase) -> Kept | None:
    """An answer as it is kept; None where it is not one for every reader."""
    if (
        response.status_code != 200
        or not isinstance(response, HttpResponse)
        or response.cookies
        or not response.has_header("ETag")
        or _is_private(response)
    ):
        return None
    headers: list[tuple[str, str]] = []
    about_body: list[tuple[str, str]] = []
    for header, value in response.items():
        found = about_body if header.lower() in ABOUT_THE_BODY else headers
        found.append((header, value))
    return Kept(tuple(headers), tuple(about_body), response["ETag"], response.content)


def is_held(environ: Environ, page: Kept) -> bool:
    """Whether who asks has this very answer already: `If-None-Match`."""
    asked = environ.get("HTTP_IF_NONE_MATCH", "")
    if not asked or asked == page.etag:
        return bool(asked)
    own = page.etag.removeprefix("W/")
    return any(
        one == "*" or one.removeprefix("W/") == own for one in parse_etags(asked)
    )


def _is_private(response: HttpResponse) -> bool:
    varies = {one.strip().lower() for one in response.get("Vary", "").split(",")}
    control = response.get("Cache-Control", "")
    return bool(varies - {"", "accept-encoding"}) or bool(
        re.search("no-store|private", control)
    )


@cache
def _site() -> str:
    """The code, templates and settings that pages are made by: others, other pages."""
    made = fingerprint(settings.BASE_DIR / "articles", settings.BASE_DIR / "newsagg")
    collected = getattr(staticfiles_storage, "manifest_hash", "")
    return f"{made} {collected} {settings.ALLOWED_HOSTS}"


@cache
def _static() -> str:
    return str(settings.STATIC_URL)


class _Silence:
    """Until when a cache that has failed is not asked."""

    until = 0.0


def _ask(question: Callable[[], Value], otherwise: Value) -> Value:
    if time.monotonic() < _Silence.until:
        return otherwise
    try:
        return question()
    # Each kind of cache has errors of its own.
    except Exception as error:  # noqa: BLE001 - pages are made without it
        _Silence.until = time.monotonic() + PAUSE_S
        logging.getLogger("newsagg").warning("the cache does not answer: %s", error)
        return otherwise
