"""No query string makes any address fail, or show what readers may not see."""

from __future__ import annotations

from itertools import cycle

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Story
from articles.publishing import withdraw
from articles.settle import settle
from articles.tests.crawl import Answer, ask
from articles.tests.make import NOW, make_article, name_page
from articles.tests.views.odd_queries import odd_queries

HIDDEN = "xylophonist"


@pytest.fixture
def addresses(db) -> list[str]:
    """One address of every kind of page that takes a query, and some that do not."""
    article = make_article(
        topics=["AI"], title="Ferry sails again", image="https://img.example/1.jpg"
    )
    name_page(article, "https://elsewhere.example/1")
    make_article(topics=["Ships"], title="日本語 ไทย news", quality=3)
    gone = make_article(topics=["AI"], title=f"Ferry {HIDDEN} leaves")
    settle(now=NOW)
    withdraw(gone)
    story = Story.objects.get(pages__article=article)
    day = f"{story.first_on:/archive/%Y/%m/%d/}"
    return [
        *("/", "/latest/", "/covered/", "/search/", "/topics/", "/providers/"),
        *("/topics/ai/", "/providers/example.com/", "/about/", "/archive/", day),
        *("/feed.atom", "/feed.rss", "/latest/feed.atom", "/search/feed.rss"),
        *("/topics/ai/feed.rss", "/providers/example.com/feed.atom"),
        reverse("story", args=[story.public_id, article.slug]),
        reverse("article", args=[article.public_id, article.slug]),
        "/missing/",
    ]


def check(addresses: list[str], *, count: int, seed: int) -> None:
    client = Client()
    # Most is understood where one can search.
    places = cycle([*addresses, *["/search/", "/latest/"] * 5])
    for query, path in zip(odd_queries(count, seed=seed), places, strict=False):
        answer = ask(client, f"{path}?{query}")
        found = faults(answer)
        assert found == [], f"{answer.address[:600]}: {found}"


def faults(answer: Answer) -> list[str]:
    """In words what is wrong with an answer to an odd question."""
    if answer.status not in (200, 301, 404):
        return [f"status {answer.status}"]
    found = []
    if answer.cookies:
        found.append("a cookie")
    if HIDDEN.encode() in answer.content.lower():
        found.append("words of what is withdrawn")
    if answer.status == 200 and answer.kind == "text/html":
        found += answer.markup.faults
        if answer.text.count("<h1") != 1:
            found.append("no headline of its own")
    return found


def test_no_query_string_makes_an_address_fail(addresses):
    check(addresses, count=200, seed=1)


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(1, 12))
def test_no_query_string_of_very_many_does(addresses, seed):
    check(addresses, count=1000, seed=seed)
