"""A list of stories is an entry of a table: page, feeds and link are made from it."""

from __future__ import annotations

import re

import pytest

from articles.selectors.feed import LISTS
from articles.settle import settle
from articles.tests.crawl import ask
from articles.tests.make import NOW, make_article

each_list = pytest.mark.parametrize("listing", LISTS.values(), ids=lambda one: one.name)


@pytest.fixture
def site(db) -> None:
    make_article(title="Ferry sails")
    settle(now=NOW)


@each_list
def test_it_has_a_page_in_its_order_under_its_title(site, client, listing):
    page = ask(client, f"/{listing.path}")
    assert page.status == 200
    assert f"<h1>{listing.title}</h1>" in page.text
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
        r'<a href="([^"]*)"( aria-current="page")?>([^<]*)</a>',
        ask(client, "/about/").text,
    )
    assert (f"/{listing.path}", "", listing.title) in links
    assert (
        f'<a href="/{listing.path}" aria-current="page">{listing.title}</a>'
        in ask(client, f"/{listing.path}").text
    )


def test_names_addresses_and_titles_are_each_of_one_list():
    for field in ("name", "route", "path", "title"):
        assert len({getattr(listing, field) for listing in LISTS.values()}) == len(
            LISTS
        )
