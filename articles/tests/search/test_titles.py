"""Titles that editors give stories are found, as long as they stand."""

from __future__ import annotations

import pytest
from django.db import connection

from articles.models import Page, SearchWord, Story
from articles.publishing import lead, title, withdraw
from articles.settle import settle
from articles.tests.make import NOW, make_article

from .asking import best
from .asking import found as found_by
from .reading import found, page_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="asks the index"),
]


@pytest.fixture
def ferry() -> Page:
    """A page about a ferry, whose story an editor calls otherwise."""
    make_article(title="Ferry sails")
    settle(now=NOW)
    page = Page.objects.get()
    title(page, "Quokkas on board")
    return page


def test_an_editors_title_is_found_and_marked(client, ferry):
    assert found_by("quokka board") == {"Ferry sails"}
    assert found_by("quokka ferry") == {"Ferry sails"}
    results = found(page_of(client, "quokkas").text)
    assert "<mark>Quokkas</mark> on board</a></h3>" in results
    assert "Ferry sails" in results


def test_a_title_that_is_taken_back_is_found_no_more(ferry):
    title(ferry, "Cranes on board")
    assert (found_by("quokka"), found_by("crane")) == (set(), {"Ferry sails"})
    title(ferry, "")
    assert found_by("board") == set()
    assert not SearchWord.objects.filter(letters__in=["quokkas", "cranes"]).exists()
    assert found_by("ferry") == {"Ferry sails"}


def test_a_title_is_found_with_the_page_that_leads(ferry):
    make_article(title="Ferry is late", quality=90)
    settle(now=NOW)
    other = Page.objects.get(title="Ferry is late")
    Page.objects.filter(pk=other.pk).update(story=ferry.story)
    Story.objects.filter(pages=None).delete()
    lead(other)
    assert found_by("quokka") == {Story.objects.get().lead.title}
    withdraw(Story.objects.get().lead.article)
    assert found_by("quokka") <= {page.title for page in Page.objects.visible()}


def test_no_phrase_reaches_from_one_title_into_the_other(ferry):
    assert found_by('"on board"') == {"Ferry sails"}
    assert found_by('"board ferry"') == set()


def test_a_story_whose_title_holds_what_was_typed_comes_first(ferry):
    make_article(title="What is on board of quokkas", quality=90)
    settle(now=NOW)
    assert best("quokkas on board")[0] == "Ferry sails"
