"""The log of the desk names ids: what is forgotten does not live on in it."""

from __future__ import annotations

import json
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from articles.ingest.undoing.forget import forget
from articles.models import Article, Page
from articles.tests.ingest.state import tables_holding
from articles.tests.make import NOW, import_drops, make_drop

from .browser import acting, opened, ticked
from .conftest import change
from .events import BRIDGE, FLOOD, bring, coverage, page, story

LIST = "/admin/articles/article/"
PAGES = "/admin/articles/page/"
STORIES = "/admin/articles/story/"
WHO = {"author": "olga", "why": "asked to", "now": NOW}


def everything_once(desk) -> None:
    """Every kind of act that writes into the log."""
    first = page(BRIDGE, 0)
    desk.post(LIST, ticked(opened(desk, LIST), {first.article_id: False}))
    one = f"{LIST}{first.article_id}/change/"
    desk.post(one, opened(desk, one) | {"published": "on"})
    for path, pk in ((LIST, first.article_id), (PAGES, first.pk)):
        for action in ("withdraw_selected", "publish_selected"):
            desk.post(path, acting(opened(desk, path), action, [pk]))
    for name, more in (
        ("lead", {"page": first.pk}),
        ("title", {"title": "Words of an editor"}),
        ("pin", {}),
        ("unpin", {}),
        ("withdraw", {"page": first.pk}),
        ("publish", {"page": first.pk}),
        ("split", {"page": first.pk}),
        ("merge", {"to": story(FLOOD).public_id}),
    ):
        path = change(story(BRIDGE, 1))
        if name in ("pin", "unpin", "title", "lead", "withdraw", "publish", "split"):
            path = change(story(BRIDGE))
        form = opened(desk, path)
        kept = {key: form[key] for key in ("shown", "story")}
        desk.post(path, kept | {"act": name} | more)
    path = change(story(FLOOD))
    form = opened(desk, path)
    kept = {key: form[key] for key in ("shown", "story")}
    to = story(BRIDGE).public_id
    desk.post(path, kept | {"act": "move", "page": page(FLOOD, 0).pk, "to": to})


@pytest.mark.django_db
def test_no_line_holds_a_title(desk):
    bring(coverage(BRIDGE, 3), coverage(FLOOD, 3))
    everything_once(desk)
    assert LogEntry.objects.count() >= 12
    titles = set(Page.objects.values_list("title", flat=True))
    ids = {
        f"{model._meta.verbose_name} {one.public_id}"
        for model in (Article, Page)
        for one in model.objects.all()
    }
    for line in LogEntry.objects.all():
        words = f"{line.object_repr} {line.change_message}"
        assert not any(title in words for title in titles), words
        assert "editor" not in words and "“" not in words
        assert line.object_repr in ids or line.object_repr.startswith("story ")


@pytest.mark.django_db(transaction=True)
def test_what_is_forgotten_goes_from_the_log_too(desk):
    for title in ("Zaphod was first here", "Zaphod “and” Ünïcode"):
        drop = make_drop(title=title, webUrl="https://p.example/zaphod-was")
        import_drops({"a.txt": drop, "b.txt": make_drop(title="Other")})
    article = Article.objects.get(source_name="a")
    as_others_write(article, "Zaphod was first here")
    as_others_write(article, article.title)
    as_others_write(article.page, article.title)
    as_others_write(article.page.story, article.title)
    as_others_write(Article.objects.get(source_name="b"), "Other")
    forget("a", **WHO)
    assert tables_holding("Zaphod") == []
    assert "Zaphod" not in repr(list(LogEntry.objects.values_list()))
    assert LogEntry.objects.filter(object_repr="Other").count() == 2


def as_others_write(one, title: str) -> None:
    """A line as Django's forms, or this desk of earlier days, would write it."""
    for said in (f"Merged: “{title}” and “x”.", json.dumps([{"changed": title}])):
        LogEntry.objects.create(
            user=User.objects.get(),
            content_type=ContentType.objects.get_for_model(one),
            object_id=str(one.pk),
            object_repr=title[:200],
            action_flag=CHANGE,
            change_message=said,
        )


@pytest.mark.django_db
def test_lines_of_earlier_days_are_renamed(desk):
    bring(coverage(BRIDGE, 2))
    article, of = page(BRIDGE).article, story(BRIDGE)
    user = User.objects.get()
    for one, said in (
        (article, '[{"changed": {"fields": ["Published"]}}]'),
        (of, f"“{of.lead}” leads the story as soon as it is listed."),
        (of, "The title is “one ” two”."),
    ):
        LogEntry.objects.create(
            user=user,
            content_type=ContentType.objects.get_for_model(one),
            object_id=str(one.pk),
            object_repr=str(one),
            action_flag=CHANGE,
            change_message=said,
        )
    gone = LogEntry.objects.get(change_message__startswith="The title")
    LogEntry.objects.filter(pk=gone.pk).update(object_id="987654")
    migration = import_module("articles.migrations.0010_log_names_ids")
    schema = type("Schema", (), {"connection": connection})
    for _ in range(2):
        migration.rename(apps, schema)
    assert list(
        LogEntry.objects.order_by("pk").values_list("object_repr", "change_message")
    ) == [
        (f"article {article.public_id}", '[{"changed": {"fields": ["Published"]}}]'),
        (f"story {of.public_id}", "“…” leads the story as soon as it is listed."),
        ("story 987654", "The title is “…”."),
    ]
