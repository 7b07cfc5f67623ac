"""Why a card stands where it stands, as the lists say it."""

from __future__ import annotations

from articles.tests.crawl import ask

from .making import one_story, tell


def test_each_list_says_by_what_it_is_ordered(db, client):
    one_story(tell("one"))
    one_story(tell("two", "Orchestra names Finnish conductor"))
    about_order = "How stories rank"
    assert about_order in ask(client, "/").text
    latest = " ".join(ask(client, "/latest/").text.split())
    assert "newest coverage first" in latest
    assert "ranks as if" not in latest
