"""A live site, a real browser, and visits of the one by the other."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright
from pytest_django.live_server_helper import LiveServer

from articles.ingest.report import Report

from .visit import Visit

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]


@pytest.fixture(scope="module")
def server(seeds_site: Report) -> Iterator[str]:
    """The address of a live site with the five seeds published."""
    with pytest.MonkeyPatch.context() as patch:
        # Playwright keeps an event loop in this thread, where Django then refuses
        # the database; nothing here is asynchronous.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        live = LiveServer("localhost")
        yield live.url
        live.stop()


@pytest.fixture(scope="module")
def browser(server: str) -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail("no Chromium was found, and in CI the browser tests must run")
        pytest.skip("no Chromium was found: the browser tests did not run")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser, server: str) -> Iterator[Visit]:
    visit = Visit(browser, server, viewport={"width": 1280, "height": 900})
    yield visit
    visit.context.close()
