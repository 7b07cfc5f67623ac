"""The desk in a browser: its pages fit, can be used, and break no rule."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.test import Client

from articles.models import Article, ImportRun, Story
from articles.tests.make import import_drops, make_drop

from .visit import Visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
LIST = "/admin/articles/article/"
WAYS = ((1280, "light"), (768, "dark"))


@pytest.fixture(scope="module")
def session(server: str) -> str:
    """The session of somebody who may do everything, kept before any test begins.

    Beside the seeds some articles wait.
    """
    waiting = {f"w{n}.txt": make_drop(published=False) for n in range(3)}
    import_drops(waiting | {"bad.txt": b"---\ntitle: 1\n"})
    boss = User.objects.create_superuser("boss")
    client = Client()
    client.force_login(boss)
    return client.cookies["sessionid"].value


@pytest.fixture
def at_desk(session: str, server: str, visit: Visit) -> Visit:
    """A visit by somebody who may do everything."""
    visit.context.add_cookies(
        [
            {
                "name": "sessionid",
                "value": session,
                "domain": "localhost",
                "path": "/admin/",
            }
        ]
    )
    return visit


def widest(page) -> int:
    return page.evaluate("document.documentElement.scrollWidth")


def desk_pages() -> dict[str, str]:
    """Every kind of page of the desk, by name."""
    article = Article.objects.order_by("pk").first()
    story = Story.objects.listed().order_by("-page_count").first()
    run = ImportRun.objects.order_by("-pk").first()
    return {
        "desk": "/admin/",
        "queue": "/admin/queue/",
        "list": LIST,
        "list, narrowed": f"{LIST}?quality=75",
        "article": f"{LIST}{article.pk}/change/",
        "drop": f"{LIST}{article.pk}/drop/",
        "forget": f"{LIST}{article.pk}/forget/",
        "linked articles": "/admin/articles/page/",
        "stories": "/admin/articles/story/",
        "story": f"/admin/articles/story/{story.pk}/change/",
        "suggestions": "/admin/articles/story/review/",
        "log": "/admin/articles/decision/",
        "import runs": "/admin/articles/importrun/",
        "import run": f"/admin/articles/importrun/{run.pk}/change/",
        "health": "/admin/health/",
        "counted": "/admin/lists/imports/",
    }


@pytest.mark.parametrize("width", [1280, 768, 390])
def test_no_page_of_the_desk_is_wider_than_its_window(at_desk, width):
    page = at_desk.page
    page.set_viewport_size({"width": width, "height": 800})
    wide = {}
    for name, path in desk_pages().items():
        assert page.goto(path).status == 200, name
        if widest(page) > width:
            wide[name] = widest(page)
    assert wide == {}
    assert at_desk.complaints == []


def test_the_switch_and_the_numbers_are_in_view_at_once(at_desk):
    page = at_desk.page
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(LIST)
    row = page.locator("#result_list tbody tr").first
    for part in (".desk-switch", ".desk-publisher", ".desk-when", ".desk-number"):
        for found in row.locator(part).all():
            box = found.bounding_box()
            assert box["x"] >= 0 and box["x"] + box["width"] <= 1280
    save = page.locator(".desk-save").bounding_box()
    assert save["y"] + save["height"] <= 800
    assert row.locator(".desk-switch").bounding_box()["height"] >= 24


def test_switches_are_saved_from_wherever_one_stands(at_desk):
    page = at_desk.page
    page.goto(LIST)
    sent: list[str] = []
    page.route(lambda url: True, lambda route: caught(route, sent))
    page.locator(".desk-switch").first.click()
    assert page.locator(".desk-save").inner_text() == "Save 1 change"
    page.locator(".desk-save").click()
    page.wait_for_timeout(200)
    assert len(sent) == 1 and "_save=1" in sent[0] and "shown=" in sent[0]


def caught(route, sent: list[str]) -> None:
    """Keep what a form sends, and send it nowhere."""
    sent.append(route.request.post_data or "")
    route.abort()


def test_rows_are_selected_all_at_once(at_desk):
    page = at_desk.page
    page.goto(LIST)
    page.get_by_label("Select all on this page").check()
    rows = page.locator(".action-select").count()
    assert rows > 1
    assert page.locator(".action-select:checked").count() == rows
    assert page.locator(".desk-count").inner_text() == f"{rows} selected:"
    # What was switched is not lost unasked.
    page.locator(".desk-switch").first.click()
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.get_by_role("button", name="Withdraw").click()
    assert len(asked) == 1 and page.url.endswith(LIST)


@pytest.mark.parametrize(("width", "theme"), WAYS)
def test_the_desk_is_accessible(at_desk, width, theme):
    page = at_desk.page
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    faults = {}
    for name, path in desk_pages().items():
        page.goto(path)
        found = Axe().run(page, options={"preload": False})
        if found.violations_count:
            faults[name] = found.generate_report()
    assert not faults, "\n".join(f"{name}\n{said}" for name, said in faults.items())
    assert at_desk.complaints == []


@pytest.mark.parametrize(("width", "theme"), WAYS)
def test_the_login_is_accessible(visit, width, theme):
    page = visit.page
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    page.goto("/admin/login/")
    found = Axe().run(page, options={"preload": False})
    assert found.violations_count == 0, found.generate_report()
    assert visit.complaints == []
