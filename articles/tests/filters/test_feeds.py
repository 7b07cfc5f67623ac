"""Every list is a feed, with the same filters and the same stories."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from xml.etree import ElementTree

import pytest
from django.test import override_settings

from articles.models import Article
from articles.publishing import publish, withdraw
from articles.selectors.feed import feed_page
from articles.settle import settle
from articles.tests.crawl import Answer, ask
from articles.tests.make import NOON, NOW, make_article, name_page

ATOM = "{http://www.w3.org/2005/Atom}"
LISTS = [
    "/",
    "/latest/",
    "/covered/",
    "/topics/ai/",
    "/providers/bbc.example/",
    "/search/?q=ferry",
    "/search/?q=ferry&sort=newest",
    "/search/?topic=ai",
]
FILTERS = ["", "min_quality=60", "provider=bbc.example&topic=ai", "coverage=3"]


@pytest.fixture
def ferry(db) -> Article:
    """Forty-one articles on AI; the first names a page that no story has."""
    ferry = make_article(
        title="Ferry aurora",
        topics=["AI"],
        provider="bbc.example",
        published_at=NOON - timedelta(days=1),
        excerpt="She sails.",
        quality=70,
    )
    name_page(
        ferry,
        "https://elsewhere.example/1",
        title="Ferry of old sold",
        published_at=NOON - timedelta(days=90),
    )
    for number in range(40):
        make_article(
            title=f"Ferry {number}",
            topics=["AI", "Sea"],
            provider="bbc.example" if number % 2 else "post.example",
            quality=40 + number,
            published_at=NOON - timedelta(hours=number),
        )
    settle(now=NOW)
    return ferry


def joined(address: str, query: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}{query}" if query else address


def feed_address(address: str, kind: str) -> str:
    path, mark, query = address.partition("?")
    return f"{path}feed.{kind}{mark}{query}"


def titles(answer: Answer) -> list[str]:
    root = ElementTree.fromstring(answer.content)
    entries = (
        root.iter("item")
        if answer.kind.endswith("rss+xml")
        else root.iter(f"{ATOM}entry")
    )
    tag = "title" if answer.kind.endswith("rss+xml") else f"{ATOM}title"
    return [entry.find(tag).text for entry in entries]


def headlines(answer: Answer) -> list[str]:
    """Titles of the stories or pages of a list, in their order."""
    main = answer.text.partition("<main")[2]
    found = re.findall(r"<a [^>]*>((?:<mark>|</mark>|[^<])*Ferry.*?)</a>", main)
    plain = [unescape(re.sub(r"<[^>]*>|↗", "", title)).strip() for title in found]
    return list(dict.fromkeys(plain))


@pytest.mark.parametrize("address", LISTS)
def test_a_feed_holds_what_is_on_the_first_page(ferry, client, address):
    narrows = not address.startswith(("/topics/", "/providers/"))
    for query in FILTERS if narrows else [""]:
        page = joined(address, query)
        on_page = headlines(ask(client, page))
        if page == "/":  # in parts there, and folded
            cards = feed_page(order="top").stories.cards
            on_page = [card.shape.title for card in cards]
        for kind in ("rss", "atom"):
            assert titles(ask(client, feed_address(page, kind))) == on_page, page
        assert on_page or "coverage" in query
        assert len(on_page) <= 30


def test_filters_narrow_the_feeds_of_topics_and_publishers(ferry, client):
    sea = titles(ask(client, "/topics/ai/feed.rss?topic=sea&min_quality=79"))
    assert sea == ["Ferry 39"]
    assert titles(ask(client, "/providers/bbc.example/feed.atom?min_quality=79")) == [
        "Ferry 39"
    ]
    assert titles(ask(client, "/providers/WWW.BBC.example/feed.atom?q=aurora")) == [
        "Ferry aurora"
    ]


@pytest.mark.parametrize("address", LISTS)
def test_each_list_names_its_feeds(ferry, client, address):
    address = joined(address, "min_quality=60") if "/search/" in address else address
    page = ask(client, address)
    links = re.findall(
        r'<link rel="alternate" type="application/(\w+)\+xml"[^>]* href="([^"]+)">',
        page.text,
    )
    assert [kind for kind, _ in links] == ["atom", "rss"]
    for _, href in links:
        answer = ask(client, unescape(href))
        assert answer.status == 200
        assert titles(answer)


@pytest.mark.parametrize("kind", ["rss", "atom"])
def test_addresses_are_absolute_and_guids_stay(ferry, client, kind):
    address = feed_address("/search/?q=ferry&sort=newest", kind)
    feed = ask(client, address)
    links = re.findall(r"<link>(.*?)</link>|href=\"(.*?)\"", feed.text)
    flat = [unescape(link) for pair in links for link in pair if link]
    assert all(link.startswith(("http://news.example/", "https://")) for link in flat)
    assert f"http://news.example{address}" in flat
    before = re.findall(r"<(?:guid|id)[^>]*>(.*?)<", feed.text)
    assert len(before) == len(set(before))
    Article.objects.filter(pk=ferry.pk).update(title="Ferry aurora is late")
    ferry.page.stale = 2
    ferry.page.save()
    settle(now=NOW)
    after = re.findall(r"<(?:guid|id)[^>]*>(.*?)<", ask(client, address).text)
    assert sorted(after) == sorted(before)


def test_an_unchanged_feed_is_not_sent_again_and_a_withdrawal_always_is(ferry, client):
    for address in ("/feed.rss", "/topics/ai/feed.atom", "/search/feed.rss?q=sails"):
        first = ask(client, address)
        held = {"if_none_match": first.headers["ETag"]}
        assert ask(client, address, **held).status == 304
        # A date would say that the older feed still holds: nothing in it is newer.
        assert "Last-Modified" not in first.headers
        withdraw(ferry)
        assert ask(client, address, **held).status == 200
        assert b"aurora" not in ask(client, address).content
        publish(ferry)


def test_no_query_breaks_a_feed(ferry, client):
    for query in (
        "q=%00%01%1F%7F%EF%BF%BF",
        "q=a%0Bb%ED%A0%80",
        "topic=%01&provider=%02",
        "since=%0Cx",
        "q=" + "a" * 8192,
        "sort=%00&q=ferry",
        "q=%3C!%5BCDATA%5B%26",
    ):
        for address in LISTS:
            for kind in ("rss", "atom"):
                answer = ask(client, joined(feed_address(address, kind), query))
                assert answer.status == 200
                ElementTree.fromstring(answer.content)


def test_a_refused_filter_gives_an_empty_feed_that_says_why(ferry, client):
    for address in ("/feed.atom", "/topics/ai/feed.rss", "/search/feed.rss"):
        answer = ask(client, f"{address}?q=ferry&since=yesterday")
        assert titles(answer) == []
        assert "“yesterday” is not a date" in answer.text


@pytest.mark.parametrize(
    "address",
    [
        "/topics/none/feed.rss",
        "/providers/none.example/feed.atom",
        "/providers/%00/feed.rss",
    ],
)
def test_a_list_that_is_none_has_no_feed(ferry, client, address):
    assert ask(client, address).status == 404


def test_feeds_can_only_be_read(ferry, client):
    assert client.post("/latest/feed.rss").status_code == 405


@override_settings(SITE_NAME="The Site")
def test_a_feed_is_named_by_its_list_and_filters(ferry, client):
    for address, name in (
        ("/feed.rss", "The Site: Top stories"),
        ("/latest/feed.atom?topic=ai", "The Site: Latest: stories on AI"),
        ("/topics/ai/feed.rss", "The Site: AI"),
        ("/providers/bbc.example/feed.rss", "The Site: bbc.example"),
        ("/search/feed.rss?q=ferry", "The Site: Search: stories with “ferry”"),
    ):
        assert f"<title>{name}</title>" in ask(client, address).text
