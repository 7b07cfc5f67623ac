"""A list of stories is an entry of a table: page, feeds and link are made from it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.db.models import Q

from articles.selectors.lists import LISTS
from articles.settle import settle
from articles.syndication import channels
from articles.tests.crawl import ask
from articles.tests.make import (
    NOW,
    import_drops,
    make_article,
    make_drop,
    related_entry,
)
from articles.views.lists import stories

each_list = pytest.mark.parametrize("listing", LISTS.values(), ids=lambda one: one.name)


@pytest.fixture
def site(db) -> None:
    make_article(title="Ferry sails")
    settle(now=NOW)


@each_list
def test_it_has_a_page_in_its_order_under_its_title(site, client, listing):
    page = ask(client, f"/{listing.path}")
    assert page.status == 200
    assert re.search(rf"<h1[^>]*>{listing.title}</h1>", page.text)
    if not listing.is_front:
        assert f"1 story, {listing.order}." in page.text


@each_list
def test_it_has_feeds_that_its_page_names(site, client, listing):
    page = ask(client, f"/{listing.path}").text
    for kind in ("atom", "rss"):
        address = f"/{listing.path}feed.{kind}"
        assert f'href="{address}"' in page
        feed = ask(client, address).text
        assert f"<title>newsagg: {listing.title}</title>" in feed
        assert "Ferry sails" in feed


@each_list
def test_every_page_links_to_it_and_says_where_the_reader_is(site, client, listing):
    links = re.findall(
        r'<a href="([^"]*)"(?: data-keys="\w+")?( aria-current="page")?>([^<]*)</a>',
        ask(client, "/about/").text,
    )
    assert (f"/{listing.path}", "", listing.title) in links
    assert re.search(
        rf'<a href="/{listing.path}"[^>]* aria-current="page">{listing.title}</a>',
        ask(client, f"/{listing.path}").text,
    )


def test_names_addresses_and_titles_are_each_of_one_list():
    for field in ("name", "route", "path", "title"):
        assert len({getattr(listing, field) for listing in LISTS.values()}) == len(
            LISTS
        )


@pytest.fixture
def only_shared(db, monkeypatch):
    """The list of the latest stories, if it held those of two publishers alone."""
    held = replace(LISTS["latest"], only=Q(provider_count__gte=2))
    monkeypatch.setitem(LISTS, "latest", held)
    same = {"title": "Ferry sails to the islands again", "excerpt": "It sails."}
    named = related_entry("https://other.example/ferry", **same)
    import_drops(
        {
            "a.txt": make_drop(**same, type="video", related=[named]),
            "b.txt": make_drop(title="Quiet harbour", topics=["Ports"]),
        }
    )
    return held


@pytest.mark.parametrize("query", ["", "?type=video", "?until=2190-01-01"])
def test_it_may_hold_some_stories_only_and_counts_these(only_shared, rf, query):
    request = rf.get(f"/latest/{query}")
    page = stories(request, only_shared).content.decode()
    assert "Ferry sails" in page and "Quiet harbour" not in page
    assert "<p>1 story" in page
    assert "Ports" not in page  # no option counts the other story
    channel = channels.stories(request, only_shared)
    assert len(channel.entries) == 1
