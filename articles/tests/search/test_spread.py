"""Words that one article of a story says and another one does not."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Page, Story
from articles.search import parse, spread_hits
from articles.selectors.search import search_page
from articles.settle import settle
from articles.tests.make import NOW, make_article, name_page

from .reading import found, page_of, plain

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="asks the index"),
]


def make_stories(*stories: tuple[str, ...]) -> None:
    """A listed story for each of these, of pages with such titles."""
    leads = [make_article(title=first) for first, *_ in stories]
    for lead, (_, *others) in zip(leads, stories, strict=True):
        for place, title in enumerate(others):
            url = f"https://elsewhere.example/{lead.pk}/{place}"
            name_page(lead, url, position=place, title=title)
    settle(now=NOW)
    for lead, titles in zip(leads, stories, strict=True):
        story = Story.objects.get(lead__article=lead)
        named = Page.objects.filter(canonical_url__contains=f"example/{lead.pk}/")
        named.update(story=story)
        Story.objects.filter(pk=story.pk).update(page_count=len(titles))


def titles(question: str) -> list[str]:
    result = search_page(parse(question), Page.objects.visible())
    return ["".join(text for text, _ in story.title) for story in result.stories]


def test_a_story_is_found_whose_articles_say_the_words_between_them(client):
    make_stories(
        ("Cosmos DB opened", "A vulnerability in the cloud", "Cranes"),
        ("Cosmos by night", "Stars"),
    )
    page = page_of(client, "cosmos db vulnerability").text
    assert "1 story, 2 articles with" in plain(page)
    assert "No single article has all of these words" in plain(page)
    assert "<mark>Cosmos</mark> <mark>DB</mark> opened" in found(page)
    assert "A <mark>vulnerability</mark>" in found(page)
    assert "Cranes" not in page and "by night" not in page


def test_it_comes_after_stories_in_which_one_article_says_all():
    make_stories(("Ferry opened", "Crane sinks"), ("Crane of a ferry", "Stars"))
    assert titles("ferry crane") == ["Crane of a ferry", "Ferry opened"]


@pytest.mark.parametrize(
    "question",
    ["ferry -crane sinks", "ferry provider:zebra sinks", "ferry zebra", "ferry"],
)
def test_what_else_is_asked_must_hold(question):
    make_stories(("Ferry opened", "Crane sinks"))
    story = Story.objects.get(lead__title="Ferry opened")
    asked = parse(question)
    assert spread_hits(asked, Page.objects.visible(), but=()) == []
    assert spread_hits(parse("ferry sinks"), Page.objects.visible(), but=())
    assert not spread_hits(parse("ferry sinks"), Page.objects.visible(), but=[story.pk])


def test_pages_that_filters_leave_out_say_nothing():
    make_stories(("Ferry opened", "Crane sinks"))
    seen = Page.objects.visible().exclude(title="Crane sinks")
    assert spread_hits(parse("ferry sinks"), seen, but=()) == []


def test_a_hidden_page_lends_no_word():
    make_stories(("Ferry opened", "Crane sinks"))
    Page.objects.filter(title="Crane sinks").update(is_visible=False)
    assert spread_hits(parse("ferry sinks"), Page.objects.visible(), but=()) == []


def test_two_statements_look_for_it():
    make_stories(("Ferry opened", "Crane sinks"))
    with CaptureQueriesContext(connection) as asked:
        spread_hits(parse("ferry sinks"), Page.objects.visible(), but=())
    assert len(asked) == 2


def test_where_an_article_has_the_headline_typed_nothing_else_is_looked_for():
    make_stories(("Crane of a ferry", "Stars"), ("Ferry opened", "Crane sinks"))
    assert titles("crane of a ferry") == ["Crane of a ferry"]
