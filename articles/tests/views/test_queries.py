"""Every page costs at most eight queries, however much there is to show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver, reverse

from articles.models import Article, Page, Story
from articles.settle import settle
from articles.tests.make import NOW, make_article, name_page, refresh_stories

MOST = 8
EVERY_FILTER = (
    "q=article&topic=shared&topic=topic-1&provider=p0.example&provider=p1.example"
    "&since=2024-01-01&until=2024-12-31&min_quality=10&type=article&has_image=1&sort=newest"
)

# Of each public route, the addresses that are asked for; `a` is the widest article.
ROUTES = {
    "feed": lambda a: ["/", "/?filter=1", f"/?{EVERY_FILTER}"],
    "latest": lambda a: ["/latest/", f"/latest/?{EVERY_FILTER}"],
    "covered": lambda a: ["/covered/", "/covered/?coverage=2&q=article"],
    "story_short": lambda a: [
        reverse("story_short", args=[page.public_id])
        for page in story_of(a).pages.order_by("pk")[:2]
    ],
    "story": lambda a: [reverse("story", args=[story_of(a).public_id, a.slug])],
    "article_short": lambda a: [
        reverse("article_short", args=[a.public_id]),
        reverse("article_short", args=[a.page.key_id]),
    ],
    "article": lambda a: [reverse("article", args=[a.public_id, a.slug])],
    "topics": lambda a: ["/topics/"],
    "topic": lambda a: ["/topics/shared/", "/topics/none/"],
    "providers": lambda a: ["/providers/"],
    "provider": lambda a: ["/providers/elsewhere.example/", "/providers/none.example/"],
    "search": lambda a: ["/search/", "/search/?q=page", f"/search/?{EVERY_FILTER}"],
    "archive": lambda a: ["/archive/"],
    "archive_year": lambda a: ["/archive/2024/", "/archive/2023/"],
    "archive_month": lambda a: ["/archive/2024/03/", "/archive/2024/04/"],
    "edition": lambda a: ["/archive/2024/03/01/", "/archive/2024/03/02/"],
    "about": lambda a: ["/about/"],
    "style": lambda a: ["/about/style/"],
    "saved": lambda a: ["/saved/"],
    "shortcuts": lambda a: ["/shortcuts/"],
    "picture": lambda a: [reverse("picture", args=[a.public_id, "320", "no-sign"])],
    **{
        f"{name}_{kind}": lambda a, path=f"{path}feed.{kind}": [
            path,
            f"{path}?{EVERY_FILTER}",
        ]
        for kind in ("atom", "rss")
        for name, path in {
            "feed": "/",
            "latest": "/latest/",
            "covered": "/covered/",
            "search": "/search/",
            "topic": "/topics/shared/",
            "provider": "/providers/elsewhere.example/",
        }.items()
    },
}


def test_every_public_route_is_in_the_table():
    assert set(public_routes(get_resolver().url_patterns)) == set(ROUTES)


@pytest.mark.parametrize(
    "size", [3, 30, 90, pytest.param(300, marks=pytest.mark.nightly)]
)
def test_every_page_costs_at_most_eight_queries(db, size):
    widest = make_site(size)
    asked = {
        f"{name}: {address}": queries(address)
        for name, addresses in ROUTES.items()
        for first in addresses(widest)
        for address in with_second_page(first)
    }
    assert {place: count for place, count in asked.items() if count > MOST} == {}
    for page in ("about: /about/", "saved: /saved/", "style: /about/style/"):
        assert asked[page] == 0
    if size > 30:
        assert sum("before=" in place for place in asked) >= 5


def test_every_filter_can_be_met_at_once(db, client):
    make_site(3)
    assert "2 articles" in client.get(f"/search/?{EVERY_FILTER}").content.decode()


@pytest.mark.parametrize("size", [4, 179])
def test_a_story_of_many_pages_costs_no_more(db, size):
    widest = make_site(3, widest=size)
    story = story_of(widest)
    assert story.page_count == size
    assert queries(reverse("story", args=[story.public_id, widest.slug])) <= MOST


def test_an_article_with_a_long_list_costs_no_more(db):
    widest = make_site(3)
    for position in range(10, 160):
        name_page(widest, f"https://more.example/{position}", position=position)
    settle(now=NOW)
    assert queries(reverse("article", args=[widest.public_id, widest.slug])) <= MOST


@pytest.mark.parametrize(
    "path", ["/missing/", "/stories/aaaaaaaaaaaa/", "/articles/aaaaaaaaaaaa/x/"]
)
def test_what_is_missing_costs_no_more(db, client, path):
    make_site(3)
    assert client.get(path).status_code == 404
    assert queries(path) <= MOST


def make_site(size: int, *, widest: int | None = None) -> Article:
    """So many stories, publishers and topics; the article of the widest story.

    That one has so many pages as well, or as `widest` says.
    """
    articles = [
        make_article(
            provider=f"p{number}.example",
            topics=["Shared", f"Topic {number}"],
            quality=40 + number % 50,
            image="https://img.example/1.jpg",
        )
        for number in range(size)
    ]
    gather(articles[0], widest or size)
    return articles[0]


def gather(article: Article, size: int) -> None:
    """Let the story of an article consist of so many pages, it among them."""
    pages = [
        name_page(article, f"https://elsewhere.example/{number}", position=number)
        for number in range(1, size)
    ]
    name_page(article, "https://elsewhere.example/aside", position=size)
    settle(now=NOW)
    story = story_of(article)
    Page.objects.filter(pk__in=[page.pk for page in pages]).update(story=story)
    refresh_stories()


def story_of(article: Article) -> Story:
    return Story.objects.get(pages__article=article)


def queries(address: str) -> int:
    """How many queries one request costs a process that has seen none before."""
    ContentType.objects.clear_cache()
    cache.clear()
    with CaptureQueriesContext(connection) as asked:
        answer = Client().get(address)
    assert answer.status_code in (200, 301, 404), f"{address}: {answer.status_code}"
    return len(asked)


def with_second_page(address: str) -> Iterator[str]:
    """An address and, where it is that of a list that goes on, its second page."""
    yield address
    page = Client().get(address).content.decode()
    if going_on := re.search(r'href="([^"]*before=[^"]*)" rel="next"', page):
        yield address.partition("?")[0] + unescape(going_on[1])


def public_routes(patterns: list) -> Iterator[str]:
    """The names of all routes but the desk's."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield pattern.name or str(pattern.pattern)
        elif pattern.namespace != "admin":
            yield from public_routes(pattern.url_patterns)
