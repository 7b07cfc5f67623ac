"""Why a card stands where it stands, as the lists say it."""

from __future__ import annotations

from articles.tests.crawl import ask

from .making import one_story, tell


def test_each_list_says_by_what_it_is_ordered(db, client):
    one_story(tell("one"))
    one_story(tell("two", "Orchestra names Finnish conductor"))
    assert "one publisher reports it, with quality 50" in ask(client, "/").text
    latest = " ".join(ask(client, "/latest/").text.split())
    assert "newest coverage first" in latest
    assert "Its place among top stories: one publisher reports it" in latest
