"""Whether the settings are fit for readers: keys, names, folders, cache."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.core.cache import cache
from django.http.request import validate_host

from .finding import Finding

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
MAKE_A_KEY = 'python3 -c "import secrets; print(secrets.token_urlsafe(50))" makes one.'


def settings_findings() -> Iterator[Finding]:
    """What is wrong with the values from the environment."""
    yield from _key()
    if settings.DEBUG:
        yield Finding(
            "DEBUG is on.",
            "Whoever meets an error is shown the code and the settings.",
            "Take DEBUG out of the environment, or set it to 0.",
        )
    yield from _address()
    if "*" in settings.ALLOWED_HOSTS:
        yield Finding(
            "ALLOWED_HOSTS has *.",
            "The site then answers to any name, and links can be made to lead away.",
            "Give the host names of the site, separated by commas.",
        )
    if settings.UNREAD_PROXIES:
        yield Finding(
            f"TRUSTED_PROXIES has {settings.UNREAD_PROXIES[0]!r}, which is no address.",
            "Everybody seems to come from the proxy: who guesses an account's password "
            "keeps its owner from logging in.",
            "Give the proxy's address, such as 127.0.0.1, or unix for a Unix socket; "
            "let it set X-Forwarded-For.",
        )
    if not settings.SEEDS_DIR.is_dir():
        yield Finding(
            f"SEEDS_DIR is {settings.SEEDS_DIR}, which is no folder.",
            "import_seeds without a path has nothing to import.",
            "Give the folder of the drops, or leave SEEDS_DIR out.",
        )
    env_file = Path(settings.BASE_DIR) / ".env"
    if env_file.exists() and env_file.stat().st_mode & 0o077:
        yield Finding(
            f"{env_file} can be read by other users of this machine.",
            "It may hold SECRET_KEY and passwords.",
            f"chmod 600 {env_file}",
        )
    for said in checks.run_checks():
        if said.is_serious(checks.WARNING) and not said.is_silenced():
            yield Finding(
                f"{said.id}: {said.msg}",
                "Django says so of the settings.",
                said.hint or "See the description of this check in Django's manual.",
            )


def _key() -> Iterator[Finding]:
    key = settings.SECRET_KEY
    if len(key) < 50 or len(set(key)) < 5 or key.startswith("django-insecure-"):
        yield Finding(
            "SECRET_KEY is weak.",
            "Who guesses it can make himself an editor.",
            f"Give one of 50 random characters or more: {MAKE_A_KEY}",
        )


def _address() -> Iterator[Finding]:
    """SITE_URL has to be an address, and one that the site answers to."""
    try:
        parts = urlsplit(settings.SITE_URL)
        host, whole = parts.hostname or "", parts.port is None or parts.port > 0
    except ValueError:
        parts, host, whole = urlsplit(""), "", False
    if parts.scheme not in ("http", "https") or not host or not whole or parts.path:
        yield Finding(
            f"SITE_URL is {settings.SITE_URL!r}, which is no address of a site.",
            "Feeds, mails and canonical links are made from it.",
            "Give it as readers type it, such as https://news.example.",
        )
        return
    spelled = f"[{host}]" if ":" in host else host
    if not validate_host(spelled, settings.ALLOWED_HOSTS):
        yield Finding(
            f"ALLOWED_HOSTS has not {host}, the host of SITE_URL.",
            "Readers who follow a link of the site are answered 400.",
            f"Add {host} to ALLOWED_HOSTS.",
        )
    names = {name.strip("[]") for name in settings.ALLOWED_HOSTS} - LOOPBACK
    if host in LOOPBACK and names:
        yield Finding(
            f"SITE_URL names this machine, but the site answers to {min(names)}.",
            "Feeds, mails and canonical links lead readers to their own machine.",
            "Set SITE_URL to the public address.",
        )


def cache_findings() -> Iterator[Finding]:
    """Whether the cache can be asked; one that keeps nothing is a choice."""
    try:
        cache.set("newsagg.doctor", 1, 10)
        cache.get("newsagg.doctor")
    # Each kind of cache has errors of its own.
    except Exception as error:  # noqa: BLE001
        yield Finding(
            f"The cache does not answer: {error}.",
            "Pages that ask it fail.",
            "Mend what CACHE_URL names, or leave CACHE_URL out.",
        )
