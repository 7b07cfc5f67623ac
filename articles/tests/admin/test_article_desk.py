"""Articles and pages at the desk: what waits, what was said, many at once."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.admin import deciding
from articles.models import Article, Decision, DropVersion, Page
from articles.publishing import publish, withdraw
from articles.settle import settle
from articles.tests.make import NOW, import_drops, make_article, make_drop

from .browser import acting, forms_on, opened
from .conftest import EDITORS, member
from .events import BRIDGE, FLOOD, bring, coverage, page, story

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/article/"
MODELS = ("article", "page", "story", "importrun", "decision")
AHEAD = (timezone.now() + timedelta(days=9)).strftime("%Y-%m-%dT%H:%M:%SZ")


def titles(desk, query: str) -> set[str]:
    return {one.title for one in desk.get(f"{LIST}?{query}").context["cl"].result_list}


def act(desk, action: str, articles, path: str = LIST, **more):
    chosen = [one.pk for one in articles]
    return desk.post(path, acting(opened(desk, path), action, chosen, **more))


def test_what_waits_and_what_was_decided_can_be_listed(desk):
    import_drops(
        {
            "a.txt": make_drop(title="Ahead", publishedDateTime=AHEAD),
            "b.txt": make_drop(title="Unpublished", published=False),
            "c.txt": make_drop(title="Listed"),
            "d.txt": make_drop(title="Withdrawn"),
            "e.txt": make_drop(title="Chosen", published=False),
            "f.txt": make_drop(title="Removed", removed=True),
        }
    )
    withdraw(Article.objects.get(title="Withdrawn"))
    publish(Article.objects.get(title="Chosen"))
    for query, wanted in (
        ("waiting=day", {"Ahead"}),
        ("waiting=editor", {"Unpublished", "Removed"}),
        ("waiting=any", {"Ahead", "Unpublished", "Removed"}),
        ("decision=any", {"Withdrawn", "Chosen"}),
        ("decision=publish", {"Chosen"}),
        ("decision=withdraw", {"Withdrawn"}),
        ("decision=none", {"Ahead", "Unpublished", "Listed", "Removed"}),
    ):
        assert titles(desk, query) == wanted, query
    assert desk.get(f"{LIST}?waiting=nonsense", follow=True).status_code == 200
    for article in Article.objects.all():
        text = desk.get(f"{LIST}{article.pk}/change/").content.decode()
        assert ("it is dated ahead" in text) is (article.title == "Ahead")
        assert "An editor decided" in text


def test_many_at_once_are_each_in_the_log(desk):
    bring(coverage(BRIDGE, 3, published=False))
    act(desk, "publish_selected", Article.objects.all(), why="all of it")
    assert Article.objects.filter(published=True).count() == 3
    assert set(Decision.objects.values_list("why", "author")) == {
        ("all of it", "edith")
    }
    log = LogEntry.objects.filter(change_message="published", user__username="edith")
    assert set(log.values_list("object_repr", flat=True)) == {
        f"article {one.public_id}" for one in Article.objects.all()
    }


def test_publishing_with_the_story_leaves_what_was_withdrawn(desk):
    bring(coverage(BRIDGE, 4, published=False), coverage(FLOOD, 2, published=False))
    withdraw(page(BRIDGE, 2))
    act(desk, "publish_with_story", Article.objects.filter(source_name="quixano0"))
    listed = Page.objects.listed().values_list("canonical_url", flat=True)
    assert set(listed) == {page(BRIDGE, n).canonical_url for n in (0, 1, 3)}
    assert story(BRIDGE).lead is not None


def test_very_many_are_asked_about_again(desk, monkeypatch):
    monkeypatch.setattr(deciding, "MANY", 2)
    bring(coverage(BRIDGE, 3, published=False))
    asked = act(desk, "publish_selected", Article.objects.all(), why="a & b")
    assert "Publish 3 articles?" in asked.content.decode()
    assert not Decision.objects.exists()
    [given] = [one for one in forms_on(asked.content.decode()) if "shown" in one]
    desk.post(LIST, given | {"sure": "yes"})
    assert Decision.objects.filter(why="a & b").count() == 3


def test_linked_pages_are_published_and_withdrawn(desk):
    bring(coverage(BRIDGE, 2, linked=1))
    linked = page(BRIDGE, 2)
    assert linked.article is None and linked.is_visible
    path = "/admin/articles/page/"
    act(desk, "withdraw_selected", [linked], path)
    assert page(BRIDGE, 2).is_withdrawn
    act(desk, "publish_selected", [linked], path)
    assert page(BRIDGE, 2).is_listed
    assert {
        one.title for one in desk.get(f"{path}?drop=no").context["cl"].result_list
    } == {linked.title}
    assert desk.get(f"{path}?drop=yes").context["cl"].result_count == 2


def test_the_drop_is_shown_as_it_came_but_for_what_is_secret(desk):
    secret = "SGVsbG8gc2VjcmV0IHdvcmxk;c2FsdA=="
    for title in ("First words", "Second words"):
        import_drops(
            {
                "a.txt": make_drop(
                    title=title, webUrl="https://p.example/", secured=secret
                )
            }
        )
    article = Article.objects.get()
    path = f"{LIST}{article.pk}/drop/"
    shown = desk.get(path).content.decode()
    assert "title: Second words" in shown and "in use" in shown and "earlier" in shown
    first = DropVersion.objects.order_by("pk").first()
    earlier = desk.get(path, {"version": first.pk}).content.decode()
    assert "title: First words" in earlier
    for text in (
        shown,
        earlier,
        desk.get(f"{LIST}{article.pk}/change/").content.decode(),
    ):
        assert "SGVsbG8" not in text
    assert "title: Second words" in desk.get(path, {"version": "x'"}).content.decode()


def test_an_article_without_bytes_or_story_is_shown(desk):
    article = make_article(title="", quality=None, heat=None)
    assert desk.get(f"{LIST}{article.pk}/change/").status_code == 200
    assert "not kept" in desk.get(f"{LIST}{article.pk}/drop/").content.decode()
    assert desk.get(f"{LIST}999/drop/", follow=True).redirect_chain == [(LIST, 302)]
    settle(now=NOW)
    assert desk.get("/admin/articles/page/").status_code == 200


@pytest.mark.parametrize("missing", ["can_publish", "change_page"])
def test_who_may_not_decides_nothing_about_pages(client, missing):
    bring(coverage(BRIDGE, 2))
    client.force_login(member("vera", [name for name in EDITORS if name != missing]))
    act(client, "withdraw_selected", Page.objects.all(), "/admin/articles/page/")
    assert not Decision.objects.exists()


def test_lists_cost_the_same_however_many_rows(client, editor):
    client.force_login(editor)
    costs = []
    for event, pages in ((BRIDGE, 2), (FLOOD, 12)):
        for number in range(pages):
            drop = coverage(event, pages)[f"{event.split()[0].lower()}{number}.txt"]
            import_drops({f"{event[0]}{number}.txt": drop}, publish=True)
        for n in range(3):
            make_article(title=f"Alone {event} {n}", provider=f"{event[:3]}{n}.example")
        settle(now=NOW)
        costs.append({model: cost_of(client, model) for model in MODELS})
    assert costs[0] == costs[1]
    assert max(costs[0].values()) <= 16


def cost_of(client, model: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"/admin/articles/{model}/").status_code == 200
    return len(asked)


def test_the_group_of_editors_may_do_what_editors_do():
    migration = import_module("articles.migrations.0002_editors_group")
    Group.objects.all().delete()
    Permission.objects.filter(codename="can_publish").delete()
    ContentType.objects.clear_cache()
    schema = type("Schema", (), {"connection": connection})
    for _ in range(2):
        migration.grant(apps, schema)
    held = Group.objects.get(name="Editors").permissions
    assert set(EDITORS) <= set(held.values_list("codename", flat=True))
    changing = {
        name
        for name in held.values_list("codename", flat=True)
        if not name.startswith("view_")
    }
    assert changing == {"can_publish", "change_article", "change_page", "change_story"}
    names = Permission.objects.values_list("content_type__model", "codename")
    assert len(names) == len(set(names))
    migration.revoke(apps, schema)
    assert not Group.objects.exists()


def test_forms_of_the_desk_tell_where_they_come_from(client, db):
    """Under "no-referrer" browsers send `Origin: null`, which the check refuses."""
    assert (
        b'<meta name="referrer" content="same-origin">'
        in client.get("/admin/login/").content
    )
