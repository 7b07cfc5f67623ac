"""A page is found by each of its ids, one index at a time."""

from __future__ import annotations

from articles.models import Alias, Page
from articles.tests.make import make_article
from articles.tests.plans import of_sqlite, plan_of


def test_a_page_is_found_once_by_each_of_its_ids(db):
    article, other = make_article(), make_article()
    Alias.objects.create(public_id="former", page=article.page)
    page = article.page
    for name in (page.public_id, page.key_id, article.public_id, "former"):
        assert list(Page.objects.with_id(name)) == [page]
    assert list(Page.objects.with_id(other.page.key_id)) == [other.page]
    assert not Page.objects.with_id("nobody").exists()


@of_sqlite
def test_no_table_is_read_to_find_a_page_by_an_id(db):
    plan = plan_of(Page.objects.listed().with_id("former"))
    assert not [line for line in plan if "SCAN" in line]
