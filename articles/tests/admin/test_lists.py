"""The desk: what an editor toggles is a decision, and no import undoes it."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Article, Decision, Topic
from articles.settle import settle
from articles.tests.make import (
    NOW,
    import_drops,
    make_article,
    make_drop,
    make_topic,
    related_entry,
)

from .browser import acting, opened, ticked

LIST = "/admin/articles/article/"


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def drop(db) -> bytes:
    """A drop that its upstream did not publish, imported as `a.txt`."""
    raw = make_drop(
        title="Waits at the desk",
        published=False,
        related=[related_entry("https://x.example/")],
    )
    import_drops({"a.txt": raw})
    return raw


def toggle_in_the_list(desk, article, published):
    return desk.post(LIST, ticked(opened(desk, LIST), {article.pk: published}))


def toggle_in_bulk(desk, article, published):
    action = "publish_selected" if published else "withdraw_selected"
    return desk.post(LIST, acting(opened(desk, LIST), action, [article.pk]))


def toggle_in_the_form(desk, article, published):
    change = f"{LIST}{article.pk}/change/"
    fields = opened(desk, change)
    fields.pop("published", None)
    return desk.post(change, fields | ({"published": "on"} if published else {}))


TOGGLES = [toggle_in_the_list, toggle_in_bulk, toggle_in_the_form]


@pytest.mark.parametrize("toggle", TOGGLES)
def test_each_toggle_is_a_decision_that_no_import_undoes(
    desk, editor, drop, client, toggle
):
    article = Article.objects.get()
    for published in (True, False, True):
        assert toggle(desk, article, published).status_code == 302
        decision = Decision.objects.latest("pk")
        assert decision.kind == ("publish" if published else "withdraw")
        assert (decision.source_name, decision.by, decision.author) == (
            "a",
            editor,
            "edith",
        )
        import_drops(
            {"a.txt": drop.replace(b"desk", b"desk still"), "b.txt": make_drop()}
        )
        import_drops({"a.txt": drop}, publish=True)
        article.refresh_from_db()
        assert article.published is published
        assert ("Waits at the desk" in client.get("/").content.decode()) is published
    assert Decision.objects.filter(source_name="a").count() == 3


@pytest.mark.parametrize("toggle", TOGGLES)
def test_saving_what_stands_is_no_decision(desk, drop, toggle):
    if toggle is not toggle_in_bulk:
        assert toggle(desk, Article.objects.get(), False).status_code == 302
    assert Decision.objects.count() == 0


@pytest.mark.parametrize("toggle", [toggle_in_the_list, toggle_in_bulk])
@pytest.mark.parametrize(
    "granted", [(), ("view_article",), ("view_article", "change_article")]
)
def test_who_may_not_publish_decides_nothing(client, drop, toggle, granted):
    user = User.objects.create_user("vera", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=granted))
    client.force_login(user)
    article = Article.objects.get()
    boss = User.objects.create_superuser("boss")
    browser = Client()
    browser.force_login(boss)
    fields = opened(browser, LIST)
    if toggle is toggle_in_bulk:
        client.post(LIST, acting(fields, "publish_selected", [article.pk]))
    else:
        client.post(LIST, ticked(fields, {article.pk: True}))
    assert Decision.objects.count() == 0
    assert not Article.objects.get().published


def test_who_may_publish_needs_nothing_more(client, drop):
    user = User.objects.create_user("paul", is_staff=True)
    names = ("view_article", "change_article", "can_publish")
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(user)
    assert toggle_in_the_list(client, Article.objects.get(), True).status_code == 302
    assert Decision.objects.get().author == "paul"


@pytest.mark.parametrize("path", ["/admin/", LIST])
def test_readers_are_asked_to_log_in(client, db, path):
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/admin/login/")


def test_cookies_of_the_desk_stay_at_the_desk(client, editor):
    editor.set_password("correct horse battery staple")
    editor.save()
    client.get("/admin/login/")
    answer = client.post(
        "/admin/login/",
        {"username": "edith", "password": "correct horse battery staple"},
    )
    assert {cookie["path"] for cookie in answer.cookies.values()} == {"/admin/"}
    assert answer.status_code == 302


def test_the_list_costs_the_same_however_many_rows(desk):
    costs = []
    for size in (3, 30):
        for _ in range(size):
            make_article(topics=["AI"], image="https://img.example/1.jpg")
        settle(now=NOW)
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(LIST).status_code == 200
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 15


def test_every_list_and_change_page_of_the_desk_answers(desk, seeded):
    withdrawn = Article.objects.select_related("page").first()
    toggle_in_bulk(desk, withdrawn, False)
    ours = [
        model for model in admin.site._registry if model._meta.app_label == "articles"
    ]
    assert {Article, Decision, Topic} <= set(ours)
    for model in ours:
        path = reverse(f"admin:articles_{model._meta.model_name}_changelist")
        for query in ("", "?q=facial&o=1", "?e=1"):
            assert desk.get(path + query, follow=True).status_code == 200, (path, query)
        assert model.objects.exists(), model
        for row_ in model.objects.order_by("pk")[:2]:
            assert desk.get(f"{path}{row_.pk}/change/").status_code == 200, (path, row_)


def test_the_list_can_be_searched_filtered_and_read_by_date(desk, seeded):
    make_topic("Unused")
    topic = Topic.objects.get(name="Computer Vision")
    for query, rows in (
        ("q=JR+East", 1),
        ("q=no+such+words", 0),
        ("published__exact=1", 5),
        ("published__exact=0", 0),
        ("drop_published__exact=0", 5),
        (f"topics__id__exact={topic.pk}", Article.objects.filter(topics=topic).count()),
        (
            "published_at__year=2021",
            Article.objects.filter(published_at__year=2021).count(),
        ),
    ):
        answer = desk.get(f"{LIST}?{query}")
        assert answer.context["cl"].result_count == rows, query


def test_the_desk_shows_no_cipher_text(desk, seeded, seeds):
    for article in Article.objects.all():
        page = desk.get(f"{LIST}{article.pk}/change/").content.decode()
        cipher = (
            (seeds / f"{article.source_name}.txt")
            .read_text()
            .partition('secured: "')[2][:24]
        )
        assert cipher
        assert cipher not in page
