"""Databases without an index of words are searched all the same, if plainly."""

from __future__ import annotations

import pytest

from articles.models import Page
from articles.search import parse
from articles.search.plain import PlainBackend
from articles.settle import settle
from articles.tests.make import NOW, make_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def plain() -> PlainBackend:
    make_article(title="Ferry sails", provider="gazette.example")
    make_article(title="Crane stands", excerpt="By the ferry.")
    settle(now=NOW)
    return PlainBackend()


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("ferry", {"Ferry sails", "Crane stands"}),
        ("ferry crane", {"Crane stands"}),
        ("ferry -crane", {"Ferry sails"}),
        ('"by the"', {"Crane stands"}),
        ("provider:gazette", {"Ferry sails"}),
        ("-provider:gazette", {"Crane stands"}),
        ("zebra", set()),
        ("100% _", set()),
    ],
)
def test_words_phrases_exclusions_and_publishers(plain, question, titles):
    query, pages = parse(question), Page.objects.visible()
    hits = plain.hits(query, pages, most=9).found
    assert (
        set(pages.filter(pk__in=[h.page for h in hits]).values_list("title", flat=True))
        == titles
    )
    met = plain.matching(query, pages, most=9)
    assert set(met.values_list("title", flat=True)) == titles
    stories = {hit.story for hit in hits}
    assert len(plain.hits_of(query, pages, stories=stories)) == len(hits)


def test_lists_go_on(plain):
    query, pages = parse("ferry"), Page.objects.visible()
    first, second = plain.hits(query, pages, most=9).found
    assert first.id > second.id
    assert plain.hits(query, pages, most=9, before=first.id).found == [second]


def test_names_that_nobody_bears_are_known(plain):
    names = parse("provider:gazette provider:none").providers
    assert [name.said for name in plain.unknown(names)] == ["none"]


def test_pages_are_served_without_an_index(plain, client, monkeypatch):
    monkeypatch.setattr("articles.search.questions.backend", lambda: plain)
    for question in ("ferry", "ferry&sort=newest", "ferry+zebra", "provider:none"):
        assert client.get(f"/search/?q={question}").status_code == 200
