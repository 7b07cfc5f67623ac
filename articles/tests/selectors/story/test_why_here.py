"""Why a card stands where it stands, as the lists say it."""

from __future__ import annotations

from articles.tests.crawl import ask

from .making import one_story, tell


def test_each_list_says_by_what_it_is_ordered(db, client):
    one_story(tell("one"))
    one_story(tell("two", "Orchestra names Finnish conductor"))
    assert "one publisher reports it, with quality 50" in ask(client, "/").text
    latest = ask(client, "/latest/").text
    assert "its newest coverage is of" in latest and "reports it" not in latest
