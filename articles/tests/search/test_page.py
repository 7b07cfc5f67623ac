"""The page of search: what it says, shows and leads to."""

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
from articles.tests.make import NOON, NOW, make_article, name_page

from .odd_questions import ODD

pytestmark = pytest.mark.django_db
MOST = 8
TITLE = re.compile("<title>(.*?)</title>", re.DOTALL)


def page_of(client, question: str, more: str = ""):
    answer = ask(client, f"/search/?q={quote_plus(question)}{more}")
    assert answer.status == 200
    assert answer.markup.faults == []
    return answer


def found(text: str) -> str:
    """The page's list of results."""
    return text.partition('<section class="found"')[2].partition("</section>")[0]


def plain(text: str) -> str:
    return unescape(re.sub("<[^>]+>", "", text))


def notes(text: str) -> str:
    return plain(
        text.partition('class="notes" role="status">')[2].partition("</div>")[0]
    )


def many(count: int, **given) -> None:
    for number in range(count):
        make_article(
            title=f"Ferry {number}",
            published_at=NOON - timedelta(hours=number),
            **given,
        )
    settle(now=NOW)


def test_without_a_question_it_says_how_to_ask(client):
    page = page_of(client, "").text
    assert "How to ask" in page
    assert "provider:" in page and "topic:" in page
    assert 'name="q"' in page


def test_results_are_stories_with_the_pages_that_match(client):
    lead = make_article(title="Ferry sails again", provider="gazette.example")
    other = name_page(lead, "https://elsewhere.example/1", title="Ferry is late")
    name_page(lead, "https://elsewhere.example/2", position=1, title="Crane stands")
    settle(now=NOW)
    story = Story.objects.get(lead__isnull=False)
    Page.objects.update(story=story)
    Story.objects.update(page_count=3, provider_count=2)
    page = page_of(client, "ferry")
    assert "1 story, 2 pages with “ferry” – Search" in TITLE.search(page.text)[1]
    results = found(page.text)
    assert results.count("<h3") == 1
    assert f"/stories/{story.public_id}/ferry-sails-again/" in results
    assert "<mark>Ferry</mark> sails again" in results
    assert "<mark>Ferry</mark> is late" in results
    assert "2 publishers, 3 pages" in results
    assert f'href="{other.canonical_url}"' in results
    assert "Crane" not in results


def test_pages_without_a_story_stand_alone_and_lead_to_their_publisher(client):
    lead = make_article(title="Crane stands")
    name_page(lead, "https://elsewhere.example/1", title="Ferry is late")
    settle(now=NOW)
    results = found(page_of(client, "ferry").text)
    assert '<h3 class="page-line__title"' in results
    assert 'href="https://elsewhere.example/1" rel="noopener noreferrer"' in results
    assert "/stories/" not in results


def test_a_story_with_many_matches_shows_some(client):
    lead = make_article(title="Ferry sails")
    for number in range(5):
        name_page(lead, f"https://elsewhere.example/{number}", title=f"Ferry {number}")
    settle(now=NOW)
    Page.objects.update(story=Story.objects.get(lead__isnull=False))
    Story.objects.update(page_count=6)
    results = found(page_of(client, "ferry").text)
    assert results.count("found__page") == 3
    assert "3 more pages</a> of" in results or "3 more pages of this story" in results


def test_what_is_found_is_escaped_before_it_is_marked(client):
    make_article(title="<b>Ferry</b> & <script>", excerpt="a <i>ferry</i>")
    settle(now=NOW)
    results = found(page_of(client, "ferry b script").text)
    assert "&lt;<mark>b</mark>&gt;<mark>Ferry</mark>" in results
    assert "&lt;<mark>script</mark>&gt;" in results
    assert "<script>" not in results and "<i>" not in results


@pytest.mark.parametrize(
    ("question", "more", "note"),
    [
        ("ferry", "&sort=oldest", "There is no order called “oldest”"),
        ("ferry " * 99, "", "Only the first 24 words"),
        ("—", "", "There is no word in “—” to look for."),
        ("ferry provider:zebra", "", "No publisher here is called “zebra”."),
        ("ferry -topic:zebra", "", "No topic here is called “zebra”."),
        ("ferry sails zebra", "", "these have most of them"),
        ("ferry zebra", "", "these have some of them"),
        ("ferry -sails", "", "also says what it should not"),
        ("ferry", "", ""),
        ("ferry", "&sort=newest", ""),
        ("ferry", "&sort=", ""),
    ],
)
def test_what_readers_have_to_know_is_said(client, question, more, note):
    make_article(title="Ferry sails")
    settle(now=NOW)
    page = page_of(client, question, more).text
    assert note in notes(page)
    assert bool(notes(page).strip()) == bool(note)


def test_what_is_only_near_does_not_count_as_found(client):
    make_article(title="Ferry sails")
    settle(now=NOW)
    page = page_of(client, "ferry zebra").text
    assert "Nothing with “ferry zebra”" in TITLE.search(page)[1]
    assert "What comes nearest" in page
    assert "<mark>Ferry</mark> sails" in page


def test_where_nothing_is_found_it_says_what_to_try(client):
    make_article(title="Ferry sails")
    settle(now=NOW)
    page = page_of(client, "zebra").text
    assert "No page with “zebra”" in plain(page)
    assert "Try fewer words" in page
    assert "Ferry" not in page


def test_more_than_are_ranked_is_said(client, monkeypatch):
    monkeypatch.setattr("articles.search.questions.RANKED", 3)
    many(5)
    assert "the best of the newest" in notes(page_of(client, "ferry").text)
    assert "newest" not in notes(page_of(client, "ferry", "&sort=newest").text)


def test_large_numbers_are_not_counted(client, monkeypatch):
    monkeypatch.setattr("articles.selectors.search_hits.COUNTED", 3)
    many(5)
    for more in ("", "&sort=newest"):
        assert "3+ stories, 3+ pages with" in page_of(client, "ferry", more).text


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


def test_without_words_filters_list_stories(client):
    many(2, topics=["AI"])
    page = ask(client, "/search/?topic=ai").text
    assert "2 stories on AI, newest coverage first" in plain(page)
    assert "2 stories on AI" in TITLE.search(page)[1]


def test_filters_and_words_hold_together(client):
    many(3, topics=["AI"])
    make_article(title="Ferry elsewhere", topics=["Ships"])
    settle(now=NOW)
    page = page_of(client, "ferry", "&topic=ships").text
    assert "1 story, 1 page with “ferry”, on Ships" in plain(page)


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


@pytest.mark.parametrize("question", ODD[1::2], ids=range(len(ODD[1::2])))
def test_no_question_makes_the_page_fail(client, question):
    make_article(title="Ferry sails")
    settle(now=NOW)
    text = question.encode("utf-8", "replace").decode()
    page_of(client, text)
    page_of(client, text, "&sort=newest")


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
    assert re.match(r"SCAN w VIRTUAL TABLE INDEX \d+:.*M", plan[0])
    for table in ("e", "p", "articles_page"):
        by_key = f"SEARCH {table} USING INTEGER PRIMARY KEY (rowid=?)"
        assert by_key in plan, plan
    assert not any("TEMP B-TREE FOR ORDER" in step for step in plan)
    assert not any(step.startswith("SCAN articles_page") for step in plan)


def plan_of(sql: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql.replace('%', '%%')}")
        return [row[3] for row in cursor.fetchall()]


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
