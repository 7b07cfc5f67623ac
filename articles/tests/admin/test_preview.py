"""Previews: what readers would get, and nothing of it is decided or kept."""

from __future__ import annotations

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client

from articles.models import Decision, Page, RenderedStory, Story
from articles.models.publication import publication
from articles.publishing import publish, withdraw
from articles.settle import settle
from articles.tests.make import make_article

from .conftest import EDITORS, member

pytestmark = pytest.mark.django_db
FACES = ("story", "front", "edition")


@pytest.fixture
def waiting(db):
    made = make_article(published=False, title="The waiting one", provider="a.example")
    make_article(title="What readers have")
    settle()
    return made


def address(article, act: str = "publish", of: str = "story") -> str:
    return f"/admin/preview/?act={act}&page={article.page_id}&of={of}"


def state() -> tuple:
    pages = Page.objects.order_by("pk").values_list("pk", "is_listed", "is_visible")
    kept = RenderedStory.objects.order_by("pk").values_list("pk", "made_by", "card")
    return (list(pages), list(kept), publication(), Decision.objects.count())


@pytest.mark.parametrize("of", FACES)
def test_it_shows_what_would_be_and_decides_nothing(desk, waiting, of):
    before = state()
    answer = desk.get(address(waiting, of=of))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "The waiting one" in text and "Nothing was decided" in text
    assert "no-store" in answer["Cache-Control"] and "noindex" in answer["X-Robots-Tag"]
    assert state() == before and not LogEntry.objects.exists()
    assert "The waiting one" not in Client().get("/").content.decode()


@pytest.mark.parametrize("of", FACES)
def test_it_is_the_page_that_readers_get_once_it_is_decided(desk, waiting, of):
    shown = desk.get(address(waiting, of=of)).content.decode()
    publish(waiting)
    story = Story.objects.select_related("lead").get(founder=waiting.page)
    paths = {
        "story": f"/stories/{story.public_id}/{story.slug}/",
        "front": "/",
        "edition": f"/archive/{story.first_on:%Y/%m/%d}/",
    }
    got = Client().get(paths[of]).content.decode()
    assert without_banner(shown).split() == got.split()


def without_banner(text: str) -> str:
    begin, end = (
        text.index('<link rel="stylesheet" href="/static/css/admin'),
        "</aside>",
    )
    return text[:begin] + text[text.index(end, begin) + len(end) :]


def test_a_withdrawal_shows_that_nothing_is_left(desk, waiting):
    publish(waiting)
    text = desk.get(address(waiting, "withdraw")).content.decode()
    assert "Readers would get no story of it" in text
    text = desk.get(address(waiting, "withdraw", "front")).content.decode()
    assert "The waiting one" not in text and "What readers have" in text


def test_a_kept_page_is_not_the_preview(desk, waiting, settings):
    backend = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {"default": {"BACKEND": backend}}
    desk.get(address(waiting, of="front"))
    withdraw(make_article(title="Another"))  # the version moves to the preview's
    assert "The waiting one" not in Client().get("/").content.decode()


@pytest.mark.parametrize(
    "query", ["", "?act=x&page=1", "?act=publish&page=999999", "?page=a"]
)
def test_what_is_not_there_is_404(desk, waiting, query):
    assert desk.get(f"/admin/preview/{query}").status_code == 404


def test_only_those_who_may_publish_see_it(client, waiting):
    assert client.get(address(waiting)).status_code == 302
    client.force_login(member("reader", ["view_article", "view_story"]))
    assert client.get(address(waiting)).status_code == 403
    client.force_login(User.objects.create_user("nobody"))
    assert client.get(address(waiting)).status_code == 302
    client.force_login(member("edith", EDITORS))
    assert client.get(address(waiting)).status_code == 200
