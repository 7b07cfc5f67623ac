"""What a settling asks is answered by an index, however much the database holds."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article, ArticleTopic, Page
from articles.settle import mark_all, settle
from articles.settle.home import homes
from articles.settle.names import name_providers, name_topics
from articles.settle.steps import _marked
from articles.tests.make import (
    NOON,
    NOW,
    import_drops,
    make_article,
    make_drop,
    make_provider,
    make_topic,
    related_entry,
)
from articles.tests.plans import of_sqlite, plan, plan_of, plans_of

pytestmark = pytest.mark.django_db


@of_sqlite
def test_articles_that_wait_for_their_day_are_found_by_an_index():
    due = Article.objects.waiting().filter(published_at__lte=NOW)
    [line] = plan_of(due.values_list("page", flat=True))
    assert "article_waiting" in line


@of_sqlite
def test_articles_that_came_out_too_early_are_found_by_an_index():
    early = Article.objects.filter(published=True, decided=None, published_at__gt=NOW)
    [line] = plan_of(early.values_list("page", flat=True))
    assert "article_newest (published_at>?)" in line


@of_sqlite
def test_marked_pages_are_found_by_an_index():
    with CaptureQueriesContext(
        connection,
    ) as asked:
        _marked()
    assert any("page_stale" in line for line in plan(asked[0]["sql"]))
    assert "page_stale" in plan_of(Page.objects.stale().filter(pk__gt=7))[0]


# Read whole once in a settling, not in each step: there are few of them.
FEW = {"SCAN articles_provider", "SCAN articles_topic"}


@of_sqlite
def test_a_settling_scans_no_table():
    """Of all that settling asks, but for one row."""
    listed = {"related": [related_entry("https://x.example/1")]}
    import_drops({f"{name}.txt": make_drop(**listed) for name in "ab"})
    mark_all()
    with CaptureQueriesContext(connection) as asked:
        settle(now=NOW)
    scans = {
        line
        for query in asked
        if query["sql"].lstrip().upper().startswith(("SELECT", "UPDATE", "DELETE"))
        and not query["sql"].endswith("LIMIT 1")
        for line in plan(query["sql"])
        if line.startswith("SCAN ") and "INDEX" not in line
    }
    assert scans <= FEW


@of_sqlite
def test_who_claims_an_address_is_found_by_its_index():
    found = plans_of(lambda: homes(["https://a.example/amp", "https://b.example/amp"]))
    assert len(found) == 4  # articles and wordings, AMP and its cached copy
    for one in found:
        assert "SCAN" not in one
        assert "amp_key=?" in one


@of_sqlite
@pytest.mark.parametrize(
    ("name", "make"), [(name_topics, make_topic), (name_providers, make_provider)]
)
def test_the_newest_that_names_a_topic_or_publisher_is_found_without_sorting(
    name, make
):
    row = make("some.example")
    for one in plans_of(lambda: name([row.pk])):
        assert "SCAN" not in one
        assert "USE TEMP B-TREE FOR ORDER BY" not in one


def test_a_label_has_the_time_of_its_article():
    for at in ("2024-03-01T12:00:00Z", "2024-03-05T12:00:00Z"):
        import_drops({"a.txt": make_drop(title="A", publishedDateTime=at)})
        labels = ArticleTopic.objects.values_list("published_at", flat=True)
        assert list(labels) == [Article.objects.get().published_at]


def test_labels_without_a_time_name_a_topic_last():
    make_article(topics=["SHIPPING"])
    make_article(topics=["Shipping"], published_at=NOON)
    ArticleTopic.objects.filter(name="SHIPPING").update(published_at=None)
    topic = make_topic("shipping")
    name_topics([topic.pk])
    topic.refresh_from_db()
    assert topic.name == "Shipping"
