"""Whatever an address asks for, the site answers in words and never with a failure."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Story
from articles.settle import settle
from articles.tests.crawl import ask
from articles.tests.make import NOW, make_article, name_page

PARAMETERS = (
    "q",
    "topic",
    "provider",
    "since",
    "until",
    "min_quality",
    "type",
    "has_image",
    "coverage",
    "narrow",
    "sort",
    "before",
    "page",
    "",
)
LISTS = ("/", "/latest/", "/covered/", "/search/", "/search/feed.rss")
VALUES = {
    "nothing": "",
    "NUL": "%00",
    "a lone surrogate": "%ED%A0%80",
    "no UTF-8": "%FF%FE",
    "emoji": "%F0%9F%98%80",
    "8 KB": "a" * 8192,
    "8 KB of words": "a+" * 4096,
    "markup": "%3Cscript%3Ealert(1)%3C/script%3E%22%27",
    "wildcards": "%25_%5C%27%22*()",
    "a number beyond all": "9" * 400,
    "no finite number": "NaN",
    "far below": "-1e308_1",
    "a day that is none": "2024-02-30",
    "the last of days": "9999-12-31",
    "the first of days": "0001-01-01",
    "line ends": "a%0D%0ASet-Cookie:+a=b",
}
PATHS = (
    "%00",
    "%FF",
    "%ED%A0%80",
    "%F0%9F%98%80",
    "a" * 8192,
    "..%2F..",
    "%3Cscript%3E",
    "%0D%0A",
    "a%20b",
    "%25",
)


@pytest.fixture
def addresses(db) -> list[str]:
    """One address of every route that readers have."""
    article = make_article(topics=["AI"], title="Ferry sails again")
    name_page(article, "https://elsewhere.example/1")
    settle(now=NOW)
    story = Story.objects.get(pages__article=article)
    return [
        *(
            reverse(name)
            for name in (
                "feed",
                "latest",
                "covered",
                "topics",
                "providers",
                "search",
                "archive",
                "about",
                "style",
                "saved",
                "shortcuts",
                "feed_atom",
                "feed_rss",
                "latest_atom",
                "covered_rss",
                "search_rss",
            )
        ),
        reverse("topic_rss", args=["ai"]),
        reverse("provider_atom", args=["example.com"]),
        "/archive/2024/",
        "/archive/2024/03/",
        "/archive/2024/03/01/",
        reverse("topic", args=["ai"]),
        reverse("provider", args=["example.com"]),
        reverse("story", args=[story.public_id, article.slug]),
        reverse("article", args=[article.public_id, article.slug]),
        "/missing/",
    ]


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_no_query_string_makes_it_fail(addresses, client, value):
    """Each value under each name, at one of the lists; all names at every address."""
    number = [*VALUES.values()].index(value)
    places = [LISTS[(number + n) % len(LISTS)] for n in range(len(PARAMETERS))]
    queries = [
        f"{path}?{name}={value}" for path, name in zip(places, PARAMETERS, strict=True)
    ]
    everything = "&".join(f"{name}={value}" for name in PARAMETERS)
    check(client, [*queries, *(f"{address}?{everything}" for address in addresses)])


@pytest.mark.nightly
@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_no_query_string_makes_any_list_fail(addresses, client, value):
    check(client, [f"{path}?{name}={value}" for path in LISTS for name in PARAMETERS])


def check(client: Client, asked: list[str]) -> None:
    for address in asked:
        answer = ask(client, address)
        assert answer.status in (200, 404), address
        if answer.kind == "text/html":
            assert answer.markup.faults == [], address


def test_repeated_and_many_parameters_are_no_trouble(addresses, client):
    for address in addresses:
        for query in (
            "q=a&q=b&q=c",
            "topic=ai&topic=ai",
            "before=1&before=2",
            "&&&=&",
            "?q=1",
            "a=1&" * 500,
        ):
            assert ask(client, f"{address}?{query}").status in (200, 404), (
                address,
                query,
            )


@pytest.mark.parametrize("part", PATHS)
def test_no_path_makes_it_fail(addresses, client, part):
    for kind in (
        "/stories",
        "/articles",
        "/topics",
        "/providers",
        "/search",
        "/archive",
        "/archive/2024",
        "/x",
        "/feed.rss",
    ):
        for address in (f"{kind}/{part}/", f"{kind}/{part}", f"{kind}/{part}/{part}/"):
            assert ask(client, address).status in (301, 302, 404), address


def test_a_filter_that_is_none_is_told_and_finds_nothing(addresses, client):
    for query, label in (
        ("since=yesterday", "From"),
        ("min_quality=high", "Minimum quality"),
        ("topic=none", "Topic"),
        ("provider=none.example", "Publisher"),
        ("type=song", "Type"),
    ):
        for path in ("/search/", "/latest/"):
            page = ask(client, f"{path}?{query}").text
            assert f">{label}" in page.partition('role="status"')[2][:200], (
                path,
                query,
            )
            assert "Ferry sails again" not in page, (path, query)


def test_what_is_searched_for_is_shown_as_text(addresses, client):
    page = ask(client, "/search/?q=%3Cb%3Eferry%3C/b%3E&topic=%22%3E%3Ci%3E")
    assert "<b>ferry" not in page.text
    assert "&lt;b&gt;ferry&lt;/b&gt;" in page.text
    assert "<i>" not in page.text


def test_search_finds_words_in_titles_excerpts_and_publishers(db, client):
    make_article(
        title="Ferry sails", excerpt="She is quieter.", provider="gazette.example"
    )
    make_article(title="Trains stand still", excerpt="100% of them, under_way.")
    settle(now=NOW)
    for words, found in (
        ("FERRY", True),
        ("quieter ferry", True),
        ("gazette sails", True),
        ("ferry trains -quieter", False),
        ("100%", False),
        ("_", False),
    ):
        assert ("Ferry sails" in said(client, words)) is found, words
    assert "Trains stand still" in said(client, "100%")


def said(client: Client, words: str) -> str:
    """The answer to a search, without the marks around what matched."""
    page = ask(client, f"/search/?{urlencode({'q': words})}").text
    return page.replace("<mark>", "").replace("</mark>", "")


def test_filters_narrow_search_and_latest(db, client):
    make_article(
        title="Old video", type="video", published_at="2023-01-01T00:00Z", quality=10
    )
    make_article(title="New article", topics=["AI"], provider="new.example", quality=90)
    settle(now=NOW)
    for query in (
        "type=article",
        "since=2024-01-01",
        "min_quality=50",
        "topic=ai",
        "provider=new.example",
    ):
        for path in ("/search/", "/latest/"):
            page = ask(client, f"{path}?{query}").text
            assert "New article" in page, (path, query)
            assert "Old video" not in page, (path, query)
    page = ask(client, "/search/?until=2023-01-01").text
    assert ("Old video" in page, "New article" in page) == (True, False)
