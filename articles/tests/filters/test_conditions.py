"""What each condition asks for, and that those on pages hold for one page at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.http import QueryDict

from articles.filters import NewsFilter
from articles.models import Article, Page, Story
from articles.selectors import feed
from articles.selectors.feed import feed_page
from articles.settle import settle
from articles.tests.make import NOON, NOW, make_article, name_page, refresh_stories


@pytest.fixture
def harbour(db) -> Article:
    """A listed article under Shipping, in a story with three pages of others.

    It names a page of a fourth publisher, too, which is in no story that readers have.
    """
    article = make_article(
        title="Ferry sails", provider="gazette.example", quality=80, topics=["Shipping"]
    )
    pages = [
        name_page(
            article,
            f"https://{name}.example/1",
            provider=f"{name}.example",
            quality=quality,
            type=kind,
            published_at=NOON + timedelta(days=days),
            position=position,
        )
        for position, (name, quality, kind, days) in enumerate(
            [
                ("herald", 60, "article", 1),
                ("channel", 30, "video", 2),
                ("post", 10, "article", 3),
            ]
        )
    ]
    unread = make_article(
        title="Aside",
        published=False,
        topics=["Weather"],
        url="https://aside.example/1",
        provider="aside.example",
    )
    name_page(article, unread.url, provider="aside.example", position=9)
    settle(now=NOW)
    story = Story.objects.get(pages__article=article)
    Page.objects.filter(pk__in=[page.pk for page in pages]).update(story=story)
    refresh_stories()
    return article


def listed(query: str, **options) -> list[str]:
    narrowed = NewsFilter(QueryDict(query), alone=False).narrowed()
    return [
        card.shape.title
        for card in feed_page(narrowed=narrowed, **options).stories.cards
    ]


def found(query: str) -> set[str]:
    """Domains of the pages that search looks among."""
    pages = NewsFilter(QueryDict(query)).pages()
    return set(pages.values_list("provider__domain", flat=True))


@pytest.mark.parametrize(
    "query",
    [
        "provider=herald.example",
        "provider=herald.example&provider=none-of-it.example&provider=post.example",
        "provider=HTTPS://WWW.Herald.example/news",
        "type=video",
        "min_quality=80",
        "min_quality=0",
        "since=2024-03-04",
        "until=2024-03-01",
        "since=2024-03-02&until=2024-03-02",
        "topic=shipping",
        "topic=Shipping",
        "topic=shipping&coverage=3",
        "provider=channel.example&type=video&min_quality=30&since=2024-03-03",
        "q=ferry",
        "type=song&type=video",
        "since=2030-01-01&since=2024-01-01",
    ],
)
def test_a_story_is_listed_that_meets_the_conditions(harbour, query):
    make_article(
        provider="none-of-it.example",
        topics=["Else"],
        quality=-1,
        title="No",
        published_at=NOON + timedelta(days=1, hours=20),
        type="else",
    )
    settle(now=NOW)
    assert "Ferry sails" in listed(query)


@pytest.mark.parametrize(
    "query",
    [
        # Each of these holds for some page of the story, but not both for one.
        "provider=herald.example&type=video",
        "type=video&min_quality=60",
        "provider=post.example&until=2024-03-02",
        "has_image=1&provider=herald.example",
        "coverage=5",
        "topic=weather",
        "since=2024-03-05",
        "until=2024-02-29",
        "q=ferry&provider=herald.example",
        "type=video&type=song",
    ],
)
def test_a_story_is_not_listed_of_which_no_page_meets_all(harbour, query):
    assert listed(query) == []


def test_pages_without_a_story_have_the_topics_of_their_own_article(harbour):
    assert found("topic=weather") == {"aside.example"}
    assert found("topic=weather&topic=shipping") > {"aside.example", "post.example"}
    assert "aside.example" not in found("topic=shipping")
    assert "aside.example" in found("type=article")
    assert "aside.example" not in found("type=article&coverage=2")


def test_a_picture_is_one_that_is_shown(db):
    make_article(title="Shown", image="https://img.example/1.jpg")
    make_article(title="Not shown", image="http://img.example/1.jpg")
    make_article(title="Without")
    settle(now=NOW)
    assert listed("has_image=1") == ["Shown"]


def test_days_begin_in_the_time_zone_of_the_site(harbour, settings):
    assert listed("since=2024-03-05") == []
    settings.TIME_ZONE = "Pacific/Auckland"  # noon of the fourth is the next day there
    assert listed("since=2024-03-05") == ["Ferry sails"]


@pytest.mark.parametrize("order", ["top", "latest", "covered"])
def test_few_and_many_are_the_same_list(db, monkeypatch, order):
    for number in range(70):
        make_article(
            title=f"No {number}",
            quality=number % 9 * 10,
            provider=f"p{number % 3}.example",
            topics=["AI", "Robots"][: 1 + number % 2],
            published_at=NOON + timedelta(hours=number % 7),
        )
    settle(now=NOW)
    query = (
        "topic=ai&topic=robots&provider=p0.example&provider=p1.example&min_quality=10"
    )
    few = whole(query, order)
    assert len(few) == len(set(few)) > 30
    monkeypatch.setattr(feed, "COUNTED", 5)
    assert whole(query, order) == few


def whole(query: str, order: str) -> list[str]:
    """All titles of a list, page by page."""
    narrowed = NewsFilter(QueryDict(query), alone=False).narrowed()
    titles, before = [], None
    while True:
        shown = feed_page(order=order, narrowed=narrowed, before=before).stories
        titles += [card.shape.title for card in shown.cards]
        if not shown.next_cursor:
            return titles
        before = shown.next_cursor


@pytest.mark.parametrize("order", ["top", "latest", "covered"])
@pytest.mark.parametrize("looked_at", [1, 2, 7, 1000])
@pytest.mark.parametrize(
    "query",
    [
        "until=2024-01-20",
        "min_quality=50&topic=ai",
        "provider=p1.example",
        "type=video",
    ],
)
def test_a_list_is_the_same_however_little_of_it_is_looked_at(
    db, monkeypatch, order, looked_at, query
):
    for number in range(24):
        make_article(
            title=f"No {number}",
            quality=number % 9 * 10,
            provider=f"p{number % 3}.example",
            type="video" if number % 5 == 0 else "article",
            topics=["AI", "Robots"][: 1 + number % 2],
            published_at=NOON - timedelta(days=7 * number),
        )
    settle(now=NOW)
    found = whole(query, order)
    assert 0 < len(found) < 24
    monkeypatch.setattr(feed, "COUNTED", 0)
    monkeypatch.setattr(feed, "LOOKED_AT", looked_at)
    assert whole(query, order) == found


@pytest.mark.parametrize("looked_at", [1, 3, 8])
def test_nothing_shared_is_passed_over_on_the_way_to_single_reports(
    db, monkeypatch, looked_at
):
    for number in range(24):
        article = make_article(
            title=f"No {number}",
            provider=f"p{number}.example",
            type="video" if number % 11 == 10 else "article",
            published_at=NOON - timedelta(weeks=number),
        )
        if number % 4 != 1:
            name_page(article, f"https://other.example/{number}", title=f"No {number}")
    settle(now=NOW)
    query = f"type=video&until={NOON - timedelta(weeks=2):%Y-%m-%d}"
    found = whole(query, "top")
    assert found == ["No 10", "No 21"]
    monkeypatch.setattr(feed, "COUNTED", 0)
    monkeypatch.setattr(feed, "LOOKED_AT", looked_at)
    assert whole(query, "top") == found


def test_a_page_says_that_it_ends_before_it_is_full(db, client, monkeypatch):
    for number in range(9):
        make_article(
            title=f"No {number}",
            type="video" if number == 8 else "article",
            published_at=NOON - timedelta(days=30 * number),
        )
    settle(now=NOW)
    monkeypatch.setattr(feed, "LOOKED_AT", 4)
    page = client.get("/latest/?type=video").content.decode()
    assert "No 8" not in page
    assert "Only part of the list was checked" in page


@pytest.mark.parametrize("order", ["top", "latest"])
def test_a_list_of_early_days_begins_with_their_stories(db, monkeypatch, order):
    for number in range(24):
        make_article(title=f"No {number}", published_at=NOON - timedelta(weeks=number))
    settle(now=NOW)
    monkeypatch.setattr(feed, "LOOKED_AT", 20)
    monkeypatch.setattr(feed, "COUNTED", 0)
    until = f"{NOON - timedelta(weeks=21):%Y-%m-%d}"
    narrowed = NewsFilter(QueryDict(f"until={until}"), alone=False).narrowed()
    shown = feed_page(order=order, narrowed=narrowed).stories
    titles = [card.shape.title for card in shown.cards]
    assert titles == ["No 21", "No 22", "No 23"]
