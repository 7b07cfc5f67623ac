"""Lists cost the same whatever is asked: few queries, and none that sorts a list."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Page
from articles.selectors import feed
from articles.settle import settle
from articles.tests.make import NOON, NOW, make_article
from articles.tests.plans import plan as plan_of

pytestmark = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="reads the plans of SQLite"
)
MOST = 8
LISTS = ["/", "/latest/", "/covered/", "/search/"]
STATES = [
    "",
    "filter=1",
    "topic=ai",
    "topic=ai&topic=sea",
    "provider=p0.example",
    "provider=p0.example&provider=p1.example",
    "since=2024-01-01",
    "until=2024-12-31",
    "since=2024-01-01&until=2024-12-31",
    "min_quality=10",
    "type=article",
    "has_image=1",
    "coverage=2",
    "q=ferry",
    "q=ferry&sort=newest",
    "q=ferry&topic=ai",
    "q=ferry&provider=p0.example&provider=p1.example&since=2024-01-01",
    "topic=ai&provider=p0.example&min_quality=10&has_image=1",
    "topic=ai&coverage=10",  # nothing
    "q=ferry&topic=ai&topic=sea&provider=p0.example&provider=p1.example"
    "&since=2024-01-01&until=2024-12-31&min_quality=10&type=article&has_image=1"
    "&coverage=2",
]


@pytest.fixture
def site(restore) -> None:
    restore("ferries", ferries)


def ferries() -> None:
    """Sixty-two stories, half of them under each of two publishers and topics."""
    for number in range(62):
        article = make_article(
            title=f"Ferry {number}",
            provider=f"p{number % 2}.example",
            topics=["AI", "Sea"][: 1 + number % 2],
            published_at=NOON - timedelta(hours=number),
            image="https://img.example/1.jpg",
        )
        if number % 4 == 0:
            make_article(
                title=f"Ferry {number}",
                url=f"https://other.example/{number}",
                provider="other.example",
                published_at=article.published_at,
                names=[article],
            )
    settle(now=NOW)


@pytest.mark.parametrize("many", [False, True], ids=["few", "many"])
@pytest.mark.parametrize("path", LISTS)
def test_no_state_of_a_list_is_sorted_or_costs_more_queries(
    site, monkeypatch, path, many
):
    if many:
        monkeypatch.setattr(feed, "COUNTED", 3)
    for state in STATES:
        for address, asked in with_later_page(f"{path}?{state}").items():
            assert len(asked) <= MOST, address
            for sql in asked:
                # What is asked for the things shown may be sorted: it has no limit.
                plan = "\n".join(plan_of(sql)) if "LIMIT" in sql else ""
                assert not re.search("TEMP B-TREE FOR .*ORDER BY", plan), (
                    address,
                    sql,
                    plan,
                )


@pytest.mark.parametrize("path", ["/latest/", "/covered/"])
def test_a_long_walk_begins_at_its_place(site, monkeypatch, path):
    """Going on in the index of the order, page by page, not from its beginning."""
    monkeypatch.setattr(feed, "COUNTED", 3)
    _, later = with_later_page(f"{path}?min_quality=1").values()
    [walk] = [sql for sql in later if "LIMIT 31" in sql]
    assert re.search(
        r"SEARCH articles_story USING INDEX story_\w+ \(", plan_of(walk)[0]
    )


def test_visible_pages_are_counted_from_the_newest_without_sorting(db):
    newest = Page.objects.visible().order_by("-published_at", "-public_id")[:20_000]
    plan = newest.explain()
    assert "page_visible_newest" in plan
    assert "TEMP B-TREE" not in plan


def with_later_page(address: str) -> dict[str, list[str]]:
    """What is asked of the database at an address, and where its list goes on."""
    page, asked = answer_and_queries(address)
    on = re.search(r'href="([^"]*before=[^"]*)" rel="next"', page)
    if not on:
        return {address: asked}
    later = address.partition("?")[0] + unescape(on[1])
    return {address: asked, later: answer_and_queries(later)[1]}


def answer_and_queries(address: str) -> tuple[str, list[str]]:
    with CaptureQueriesContext(connection) as asked:
        answer = Client().get(address)
    assert answer.status_code == 200, address
    return answer.content.decode(), [query["sql"] for query in asked.captured_queries]
