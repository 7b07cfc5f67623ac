"""Pages of topics and publishers: what they show, to whom, and at what cost."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Page
from articles.publishing import publish, withdraw
from articles.selectors.indexes.leaderboard import ORDERS
from articles.settle import settle
from articles.tests.crawl import ask
from articles.tests.make import NOON, NOW, make_article
from articles.tests.markup import read_markup
from articles.tests.plans import plan
from articles.tests.views.test_queries import MOST, make_site, queries

from .making import as_stories, many_stories

RANKS = tuple(f"/providers/?by={by}" for by in ORDERS)
SVG = re.compile(r'<svg width="100%" height="32".*?</svg>', re.DOTALL)
# Topics and publishers are few, and an index of them lists all.
THROUGH = re.compile("SCAN articles_(?!provider|topic)")
PAGES = (
    "/topics/",
    "/topics/shipping/",
    "/providers/",
    "/providers/p1.example/",
    *RANKS,
)


@pytest.fixture
def ferry(db):
    """A story of three publishers, the first the quokka's, and one of its second alone."""
    told = [
        make_article(
            title="Ferry sails again",
            provider=provider,
            topics=["Ferries"] if hours else ["Ferries", "Quokkas"],
            published_at=NOON + timedelta(hours=hours),
            quality=90 - hours,
        )
        for hours, provider in enumerate(
            ["quokka.example", "gazette.example", "islander.example"]
        )
    ]
    alone = make_article(
        provider="gazette.example", published_at=NOON, topics=["Other"]
    )
    as_stories(told, [alone])
    return told


@pytest.mark.parametrize("address", PAGES)
def test_pages_are_well_formed_and_carry_no_style(restore, client, address):
    restore("forty-stories", lambda: many_stories(40) and None)
    answer = ask(client, address)
    assert answer.status == 200
    assert answer.markup.faults == []
    assert answer.markup.headings[0] == 1
    assert "style=" not in answer.text


@pytest.mark.parametrize("address", PAGES)
def test_an_empty_site_has_an_index_that_says_so_and_nothing_else(db, client, address):
    answer = ask(client, address)
    if address in ("/topics/shipping/", "/providers/p1.example/"):
        assert answer.status == 404
    else:
        assert (answer.status, answer.markup.faults) == (200, [])
        assert "No story is published yet" in answer.text


def test_a_publisher_that_shares_no_story_is_not_compared(db, client):
    make_article(provider="alone.example")
    settle(now=NOW)
    assert (
        "shares no story here with another publisher"
        in ask(client, "/providers/alone.example/").text
    )
    for address in RANKS:
        assert "shares ranks" not in ask(client, address).text


def test_the_report_says_what_it_counts_and_where_the_method_stands(ferry, client):
    answer = ask(client, "/providers/gazette.example/")
    said = " ".join(answer.markup.text.split())
    assert "2 articles, leading 1 story" in said
    assert "In the 1 story it shares with other publishers, since 1 March 2024:" in said
    assert "First</th><td>0 of 1<" in answer.text
    assert "Median delay when not first</th><td>1 h<" in answer.text
    assert "/about/#first" in answer.links
    assert 'id="first"' in ask(client, "/about/").text


def test_the_ranks_say_which_days_they_go_over(ferry, client):
    said = " ".join(ask(client, "/providers/?by=first").markup.text.split())
    assert "in the 90 days from 3 December 2023 to 1 March 2024" in said
    assert "Stories that two or more publishers cover" in said
    assert "shares ranks" in ask(client, "/providers/?by=first").text


def test_an_order_that_does_not_exist_is_the_index(ferry, client):
    assert (
        ask(client, "/providers/?by=wealth").content.count(b'<ul class="index__entries')
        == 1
    )


def test_only_the_index_itself_is_for_search_engines(ferry, client):
    canonical = 'rel="canonical" href="http://news.example/providers/"'
    for address in ("/providers/", *RANKS):
        text = ask(client, address).text
        assert canonical in text
        assert ("noindex" in text) is (address != "/providers/")


def test_publishers_of_one_name_are_told_apart_by_their_domains(db, client):
    for domain in ("one.example", "two.example", "three.example"):
        make_article(provider=domain)
    settle(now=NOW)
    page = Page.objects.filter(provider__domain__in=["one.example", "two.example"])
    for found in page.select_related("provider"):
        found.provider.name = "Courier"
        found.provider.save()
    text = read_markup(ask(client, "/providers/").text).text
    assert "one.example" in text and "two.example" in text
    assert text.count("three.example") == 1


def test_the_sparkline_is_small_and_says_in_words_and_numbers_what_it_shows(db, client):
    many_stories(120, days=180)
    for address in ("/topics/shipping/", "/providers/p1.example/"):
        text = ask(client, address).text
        [drawing] = SVG.findall(text)
        assert len(drawing) < 2048
        assert 'role="img"' in drawing
        total = int(re.search(r'aria-label="(\d+) (stories|articles) in', drawing)[1])
        rows = re.findall(r'<th scope="row">[^<]*\d{4}</th><td>(\d+)</td>', text)
        assert len(rows) == 26
        assert sum(map(int, rows)) == total > 30
        assert drawing.count("<rect") == sum(row != "0" for row in rows)


def test_time_ends_with_the_newest_story_of_the_site_and_not_now(db, client):
    make_article(provider="old.example", published_at=NOON - timedelta(days=300))
    make_article(provider="new.example", published_at=NOON)
    settle(now=NOW)
    [drawing] = SVG.findall(ask(client, "/providers/old.example/").text)
    assert "1 article in the 24 months up to March 2024" in drawing


def test_the_rest_of_a_long_list_has_the_list_alone(db, client):
    for number in range(31):
        make_article(provider="long.example", topics=["Long"], title=f"Report {number}")
    settle(now=NOW)
    for address in ("/topics/long/", "/providers/long.example/"):
        first = ask(client, address).text
        going_on = re.search(r'href="(\?before=[^"]*)"', first)[1]
        second = ask(client, address + going_on)
        assert SVG.search(first) and not SVG.search(second.text)
        assert second.markup.faults == []
        assert "older" in re.search("<title>(.*)</title>", second.text)[1]


def test_a_withdrawn_page_is_in_no_number(ferry, client):
    others = (
        "/topics/ferries/",
        "/topics/",
        "/providers/",
        "/providers/gazette.example/",
        "/providers/islander.example/",
        *RANKS[:3],
    )
    before = {address: ask(client, address).content for address in others}
    assert all(b"uokka" in text for text in before.values())
    withdraw(ferry[0])
    assert ask(client, "/providers/quokka.example/").status == 404
    assert ask(client, "/topics/quokkas/").status == 404
    after = {address: ask(client, address) for address in others}
    assert [a for a, answer in after.items() if b"uokka" in answer.content] == []
    said = after["/providers/gazette.example/"].text
    assert "First</th><td>1 of 1<" in said and "leading 2 stories" in said
    publish(ferry[0])
    assert {address: ask(client, address).content for address in others} == before


def test_a_story_that_nobody_else_covers_any_more_compares_nobody(ferry, client):
    withdraw(ferry[:2])
    text = ask(client, "/providers/islander.example/").text
    assert "shares no story here with another publisher" in text
    assert (
        "no publisher was first in a story that others cover"
        in ask(client, "/providers/?by=first").text
    )


@pytest.mark.parametrize(
    "size", [3, 30, 60, pytest.param(300, marks=pytest.mark.nightly)]
)
def test_every_page_costs_few_queries_however_much_there_is(db, size):
    make_site(size)
    many_stories(min(size, 60))
    for address in PAGES:
        assert queries(address) <= MOST, address


def test_no_list_is_sorted_and_no_table_read_through(db):
    many_stories(30)
    for address in PAGES:
        with CaptureQueriesContext(connection) as asked:
            assert Client().get(address).status_code == 200
        for query in asked.captured_queries:
            mine = (
                'IN (SELECT U0."story_id"' in query["sql"] or "COUNT(" in query["sql"]
            )
            for step in plan(query["sql"]):
                assert "INDEX" in step or not THROUGH.match(step), step
                if mine or "articles_storyprovider" in query["sql"]:
                    assert "FOR ORDER BY" not in step, query["sql"]


def test_activity_is_read_from_the_days_of_one_topic_or_publisher(db):
    many_stories(30)
    for address, name in (
        ("/topics/shipping/", "topic"),
        ("/providers/p1.example/", "provider"),
    ):
        with CaptureQueriesContext(connection) as asked:
            Client().get(address)
        table = f"articles_{name}day"
        [reading] = [
            query["sql"] for query in asked if f'FROM "{table}"' in query["sql"]
        ]
        [step] = plan(reading)
        assert step.startswith(f"SEARCH {table} ")
        assert step.endswith(f"({name}_id=? AND day>? AND day<?)")
