"""A search looks no further than so many matches, and says so, and goes on."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.settle import settle
from articles.tests.make import NOON, NOW, make_article

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="bounds are SQLite's"),
]
LOOKED_AT = 5


@pytest.fixture
def ferries(monkeypatch) -> None:
    """Twelve pages about ferries, one a day; the oldest is the best, of one publisher."""
    for module in ("articles.search.sqlite", "articles.views.search_notes"):
        monkeypatch.setattr(f"{module}.NARROWED", LOOKED_AT)
    for number in range(12):
        oldest = number == 11
        make_article(
            title=f"Ferry {number} {'abcdefghijkl'[number] * 7}",
            provider="small.example" if oldest else "large.example",
            quality=90 if oldest else 10,
            topics=["Sea"] if oldest else ["Rail"],
            published_at=NOON - timedelta(days=20 * number),
        )
    settle(now=NOW)


def found(client, query: str) -> tuple[list[str], str, str]:
    """Numbers of the ferries found, the text, and the address to go on at."""
    text = client.get(f"/search/?q=ferry&{query}").content.decode()
    on = re.search(r'href="([^"]*before=[^"]*)" rel="next"', text)
    titles = re.findall(r"<h3[^>]*>.*?</h3>", text, re.DOTALL)
    plain = [re.sub("<[^>]+>", "", title) for title in titles]
    numbers = [n for title in plain for n in re.findall(r"Ferry (\d+)", title)]
    return numbers, text, unescape(on[1]) if on else ""


@pytest.mark.parametrize("query", ["min_quality=90", "topic=sea"])
def test_going_on_finds_what_lies_behind_the_bound(ferries, client, query):
    numbers, text, on = found(client, f"{query}&sort=newest")
    assert numbers == []
    assert f"the newest {LOOKED_AT:,} were held against" in text
    assert "No matches" not in text
    seen = 0
    while on and not numbers:
        numbers, text, on = found(client, on.partition("?q=ferry&")[2])
        seen += 1
    assert numbers == ["11"]
    assert seen == 2


@pytest.mark.parametrize("sort", ["newest", "relevance"])
@pytest.mark.parametrize("query", ["provider=small.example", "until=2023-08-31"])
def test_publishers_and_days_are_looked_up_and_not_waited_for(
    ferries, client, sort, query
):
    numbers, _, _ = found(client, f"{query}&sort={sort}")
    assert "11" in numbers


def test_the_best_of_a_bounded_search_are_marked(ferries, client):
    numbers, text, _ = found(client, "min_quality=10&sort=relevance")
    assert len(numbers) == LOOKED_AT
    assert f"the newest {LOOKED_AT:,} were held against" in text
    assert f"{LOOKED_AT}+ stories" in text


def test_without_filters_nothing_is_left_out(ferries, client):
    numbers, text, _ = found(client, "sort=newest")
    assert len(numbers) == 12
    assert "were held against" not in text


def test_no_search_asks_more_because_of_its_bound(ferries, client):
    with CaptureQueriesContext(connection) as asked:
        found(client, "min_quality=90&sort=newest")
    assert len(asked) <= 8
