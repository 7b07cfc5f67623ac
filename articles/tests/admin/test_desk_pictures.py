"""The pictures of docs/editors.md: the desk with the five seeds, as a browser shows it.

`PICTURES=docs make test` (or of this file alone) writes them there.
"""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from articles.tests.conftest import ROOT
from articles.tests.ingest.process import Site
from articles.tests.serving import served
from articles.tests.views.conftest import browser  # noqa: F401
from articles.tests.views.visit import Visit

pytestmark = pytest.mark.browser
# What stands for the pictures of publishers, which are asked of nobody.
STANDS_FOR = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="360">'
    '<rect width="640" height="360" fill="#9aabb0"/>'
    '<path d="M0 360 220 140l150 150 90-90 180 160z" fill="#5d7378"/></svg>'
)
WIDTH, HEIGHT = 1280, 800
MAKE_AN_EDITOR = """
import django
django.setup()
from django.contrib.auth.models import Group, User
from django.test import Client
from articles.models import Article, Page
from articles.publishing import edit, publish
from articles.models import Decision
edith = User.objects.create_user("edith", is_staff=True)
edith.groups.add(Group.objects.get(name="Chief editor"))
best = Page.objects.exclude(article=None).order_by("-quality", "pk").first()
publish(best, by=edith)
edit(best, {Decision.Kind.EXCERPT: "What it comes to, in a sentence of ours."}, by=edith)
client = Client()
client.force_login(edith)
print(client.cookies["sessionid"].value, best.article_id, best.story_id)
waits = Page.objects.filter(article__decided=None).exclude(article=None).first()
print(waits.pk)
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory, seeds) -> Site:
    """The seeds, one of them published and given an excerpt; the others wait."""
    site = Site(tmp_path_factory.mktemp("desk") / "var")
    site.folder.mkdir()
    assert site.run("migrate", "--verbosity", "0")[0] == 0
    assert site.run("collectstatic", "--noinput", "--verbosity", "0")[0] == 0
    assert site.report(seeds)["exit"] == 0
    return site


@pytest.fixture(scope="module")
def server(site) -> Iterator[str]:
    with served(site.environment) as running:
        yield f"http://127.0.0.1:{running.port}"


def test_pictures_of_the_desk_are_made(site, browser, server, tmp_path):  # noqa: F811
    made = [sys.executable, "-c", MAKE_AN_EDITOR]
    done = subprocess.run(
        made, cwd=ROOT, env=site.environment, check=True, capture_output=True, text=True
    )
    session, article, story, waits = done.stdout.split()
    desk = Visit(browser, server, viewport={"width": WIDTH, "height": HEIGHT})
    desk.context.unroute_all()
    desk.context.route(lambda url: not url.startswith(server), stand_in)
    cookie = {"name": "sessionid", "value": session, "domain": "127.0.0.1", "path": "/"}
    desk.context.add_cookies([cookie])
    pages = {
        "desk": "/admin/",
        "desk-queue": "/admin/queue/",
        "desk-articles": "/admin/articles/article/",
        "desk-article": f"/admin/articles/article/{article}/change/",
        "desk-story": f"/admin/articles/story/{story}/change/",
        "desk-preview": f"/admin/preview/?act=publish&page={waits}&of=front",
    }
    folder = ROOT / os.environ["PICTURES"] if os.environ.get("PICTURES") else tmp_path
    for name, path in pages.items():
        assert desk.page.goto(path).status == 200, name
        if name == "desk-queue":
            desk.page.keyboard.press("j")
        desk.page.wait_for_load_state("networkidle")
        desk.page.screenshot(path=folder / f"{name}.png")
        assert size_of(folder / f"{name}.png") == (WIDTH, HEIGHT)
    assert desk.complaints == []
    desk.context.close()


def test_the_guide_shows_these_pictures_and_no_others():
    text = (ROOT / "docs" / "editors.md").read_text(encoding="utf-8")
    shown = {
        line.partition("](")[2].rstrip(")")
        for line in text.splitlines()
        if line.startswith("![")
    }
    assert shown and all((ROOT / "docs" / name).is_file() for name in shown)


def stand_in(route) -> None:
    route.fulfill(body=STANDS_FOR, content_type="image/svg+xml")


def size_of(picture: Path) -> tuple[int, int]:
    """Width and height that a PNG says it has."""
    return struct.unpack(">II", picture.read_bytes()[16:24])
