"""What a settling asks is answered by an index, however much the database holds."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Page
from articles.settle import settle
from articles.settle.steps import _marked
from articles.tests.make import NOW, import_drops, make_drop, related_entry
from articles.tests.plans import plan, plan_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="plans are SQLite's"),
]


def test_articles_that_wait_for_their_day_are_found_by_an_index():
    due = Article.objects.waiting().filter(published_at__lte=NOW)
    [line] = plan_of(due.values_list("page", flat=True))
    assert "article_waiting" in line


def test_articles_that_came_out_too_early_are_found_by_an_index():
    early = Article.objects.filter(published=True, decided=None, published_at__gt=NOW)
    [line] = plan_of(early.values_list("page", flat=True))
    assert "article_newest (published_at>?)" in line


def test_marked_pages_are_found_by_an_index():
    with CaptureQueriesContext(
        connection,
    ) as asked:
        _marked()
    assert any("page_stale" in line for line in plan(asked[0]["sql"]))
    assert "page_stale" in plan_of(Page.objects.stale().filter(pk__gt=7))[0]


# Read whole once in a settling, not in each step: there are few of them.
FEW = {"SCAN articles_provider", "SCAN articles_topic"}


def test_a_settling_scans_no_table():
    """Of all that importing into a site and settling asks, but for one row."""
    import_drops({"a.txt": make_drop(related=[related_entry("https://x.example/1")])})
    with CaptureQueriesContext(connection) as asked:
        import_drops(
            {"b.txt": make_drop(related=[related_entry("https://x.example/1")])}
        )
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
