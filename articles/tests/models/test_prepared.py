"""Queries that are built once answer as those that are built each time."""

from __future__ import annotations

from django.db.models import QuerySet

from articles.models import Article, Page
from articles.models.sql import Prepared, aware, given
from articles.tests.make import NOON, make_article


def test_it_is_built_once_and_asked_for_other_values_each_time(db):
    built = []
    prepared = Prepared(lambda: built.append(1) or titles(given("url")))
    for name in ("one", "two"):
        make_article(title=name, canonical_url=f"https://example.com/{name}")
    urls = [f"https://example.com/{name}" for name in ("one", "two", "none")]
    rows = [prepared.row(url=url) for url in urls]
    assert rows == [titles(url).first() for url in urls]
    assert len(built) == 1


def test_moments_are_read_as_the_orm_reads_them(db):
    article = make_article(published_at=NOON)
    prepared = Prepared(
        lambda: Article.objects.filter(pk=given("pk")).values_list("published_at")
    )
    ((at,),) = prepared.rows(pk=article.pk)
    assert aware(at) == NOON


def titles(url: str) -> QuerySet:
    return Page.objects.filter(canonical_url=url).values_list("title")
