"""Pictures in a real browser: by way of the site, hidden by a reader, slow to come."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.test import Client, override_settings
from playwright.sync_api import Browser, Route

from articles.pictures import getting
from articles.tests.pictures.files import picture

from .visit import Visit, address

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
HIDING = "localStorage.setItem('pictures', 'off')"
SHIFTS = """window.shifted = [];
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) if (!one.hadRecentInput) shifted.push(one.value);
}).observe({ type: "layout-shift", buffered: true });"""
SHOWN = "all => all.filter(one => one.complete && one.naturalWidth).length"


class Publisher:
    def fetch(self, url: str) -> bytes:
        return picture()


@pytest.fixture
def visit(browser: Browser, server: str) -> Iterator[Visit]:
    visit = Visit(browser, server, viewport={"width": 1280, "height": 900})
    yield visit
    visit.context.close()


@pytest.fixture
def proxying(monkeypatch, tmp_path) -> Iterator[None]:
    monkeypatch.setattr(getting, "Fetching", Publisher)
    getting.gallery.cache_clear()
    with override_settings(IMAGES="proxy", PICTURES_KEY="a key", VAR_DIR=tmp_path):
        yield
    getting.gallery.cache_clear()


def scroll(visit: Visit) -> None:
    visit.page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    visit.page.wait_for_load_state("networkidle")


def test_by_way_of_the_site_pictures_come_and_no_other_host_is_asked(visit, proxying):
    seen = 0
    visit.page.route("**/pictures/**", one_after_the_other)
    for name in ("top stories", "story", "article", "edition"):
        visit.page.goto(address(name))
        scroll(visit)
        seen += visit.page.locator(".picture img").evaluate_all(SHOWN)
    assert seen
    assert visit.remote == set()
    assert visit.complaints == []
    assert visit.context.cookies() == []


def test_a_reader_who_hides_pictures_asks_for_none(visit):
    visit.page.add_init_script(HIDING)
    boxes = 0
    for name in ("top stories", "latest", "story", "article", "edition"):
        visit.page.goto(address(name))
        scroll(visit)
        boxes += visit.page.locator(".picture").count()
        assert not any(box.is_visible() for box in visit.page.locator(".picture").all())
    assert boxes
    assert visit.remote == set()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", ["top stories", "story", "edition", "hits"])
def test_nothing_moves_when_pictures_come_late_or_not_at_all(visit, name, width):
    page, late = visit.page, []
    page.set_viewport_size({"width": width, "height": 900})
    page.add_init_script(SHIFTS)
    page.route(
        lambda url: not url.startswith(visit.server), lambda one: late.append(one)
    )
    page.goto(address(name))
    page.evaluate("() => new Promise(requestAnimationFrame)")
    summary = page.locator("main details > summary:visible").first
    if summary.count():
        summary.click()
    for number, route in enumerate(late):
        answer(route, number)
    page.wait_for_load_state("networkidle")
    page.evaluate(
        "() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))"
    )
    assert page.evaluate("shifted") == []


def one_after_the_other(route: Route) -> None:
    """Threads of the server would share the connection of the tests."""
    got = Client().get(urlsplit(route.request.url).path)
    route.fulfill(status=got.status_code, headers=dict(got.items()), body=got.content)


def answer(route: Route, number: int) -> None:
    if number % 3 == 2:
        route.abort()
    else:
        size = (1200, 630) if number % 3 else (300, 900)
        route.fulfill(content_type="image/png", body=picture(size=size))
