"""Lists of what is found: their order, their end and their cost."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from urllib.parse import quote_plus

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Page, Story
from articles.settle import settle
from articles.tests.crawl import ask
from articles.tests.make import NOON, NOW, make_article
from articles.tests.plans import plan as plan_of

from .making import many
from .reading import found, page_of, plain

pytestmark = pytest.mark.django_db
MOST = 10  # where no page says a word: the nearest are asked for, too


@pytest.mark.parametrize("sort", ["relevance", "newest"])
def test_lists_go_on_to_their_end_without_a_gap_or_a_repetition(
    client, monkeypatch, sort
):
    monkeypatch.setattr("articles.selectors.search_hits.PAGE_SIZE", 4)
    monkeypatch.setattr("articles.selectors.search_hits._AHEAD", 7)
    monkeypatch.setattr("articles.selectors.search_hits._NEAREST", 5)
    many(23)
    # Every third page belongs to the story of the first: it is told once.
    pages = list(Page.objects.order_by("-published_at"))
    for page in pages[3::3]:
        Page.objects.filter(pk=page.pk).update(story=pages[0].story)
    Story.objects.exclude(pages__isnull=False).delete()
    seen = walk(client, f"/search/?q=ferry&sort={sort}")
    assert sorted(seen) == sorted(
        Story.objects.listed().values_list("public_id", flat=True)
    )
    if sort == "newest":
        order = Story.objects.order_by("-founder__published_at")
        assert seen == list(order.values_list("public_id", flat=True))


def test_the_order_can_be_chosen(client):
    make_article(title="Ferry", published_at=NOON - timedelta(days=9))
    make_article(title="A late one of many", excerpt="The ferry.", published_at=NOON)
    settle(now=NOW)
    best, newest = (
        found(page_of(client, "ferry", more).text) for more in ("", "&sort=newest")
    )
    assert best.index("<mark>Ferry</mark>") < best.index("A late one")
    assert newest.index("A late one") < newest.index("<mark>Ferry</mark></a>")
    assert 'aria-current="true">Best match' in best
    assert 'aria-current="true">Newest' in newest


@pytest.mark.parametrize("question", ["-zebra", "provider:example.com"])
def test_what_names_no_word_has_only_one_order(client, question):
    many(3)
    results = found(page_of(client, question).text)
    assert "Best match" not in results
    assert re.findall(r"Ferry (\d)", plain(results)) == ["0", "1", "2"]


@pytest.mark.parametrize(
    "before", ["x", "1_2", "1_1_1.0_99", "-1", "9" * 30, "nan", "0_0_inf_1"]
)
@pytest.mark.parametrize("sort", ["relevance", "newest"])
def test_a_place_that_is_none_is_not_found(client, before, sort):
    make_article(title="Ferry")
    settle(now=NOW)
    answer = ask(client, f"/search/?q=ferry&sort={sort}&before={before}")
    assert answer.status in (200, 404)
    assert answer.status == 404 or before == "1_1_1.0_99"


@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads SQLite's plans")
@pytest.mark.parametrize("question", ["ferry", "ferry -zebra", "-zebra", "provider:example topic:ai ferry", "ferry zebra"])  # fmt: skip
def test_no_search_sorts_or_counts_all_there_is(client, monkeypatch, question):
    monkeypatch.setattr("articles.selectors.search_hits.PAGE_SIZE", 4)
    monkeypatch.setattr("articles.selectors.search_hits._AHEAD", 7)
    many(23, topics=["AI"])
    for more in ("", "&sort=newest", "&sort=newest&topic=ai&since=2024-01-01"):
        address = f"/search/?q={quote_plus(question)}{more}"
        for place in (address, *going_on(client, address)):
            asked = queries(client, place)
            assert len(asked) <= MOST, place
            mine = [sql for sql in asked if sql.lstrip().startswith("SELECT e.id")]
            walks = [sql for sql in mine if "ORDER BY w.rowid DESC" in sql]
            assert walks, place
            for sql in mine:
                if sql in walks:
                    assert_walks(plan_of(sql))
                else:  # of stories shown, whose pages are few
                    assert "SCAN w VIRTUAL TABLE INDEX 0:=M4" in plan_of(sql)


@pytest.mark.parametrize("size", [3, 30, 60])
def test_it_costs_the_same_however_much_is_found(client, size):
    many(size, topics=["AI"])
    for address in ("/search/?q=ferry", "/search/?q=ferry&sort=newest"):
        assert len(queries(client, address)) <= 6


def assert_walks(plan: list[str]) -> None:
    """The words come first, by their index; pages are looked up by their keys."""
    assert plan[0] == "CO-ROUTINE w"
    assert re.match(r"SCAN w VIRTUAL TABLE INDEX \d+:.*M", plan[1])
    for table in ("e", "p"):
        by_key = f"SEARCH {table} USING INTEGER PRIMARY KEY (rowid=?)"
        assert by_key in plan, plan
    assert not any("TEMP B-TREE FOR ORDER" in step for step in plan)
    assert not any(step.startswith(("SCAN articles_page", "SCAN p")) for step in plan)


def queries(client, address: str) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in asked]


def going_on(client, address: str) -> list[str]:
    text = client.get(address).content.decode()
    on = re.search(r'href="([^"]*before=[^"]*)" rel="next"', text)
    return ["/search/" + unescape(on[1])] if on else []


def walk(client, address: str) -> list[str]:
    """The stories of all pages of a list, in their order."""
    seen, waiting = [], [address]
    while waiting:
        text = client.get(waiting[0]).content.decode()
        seen += re.findall(r'<h3[^>]*><a href="/stories/([^/]+)/', found(text))
        waiting = going_on(client, waiting[0])
        assert len(seen) < 99
    return seen
