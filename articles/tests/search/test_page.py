"""The page of search: what it says, shows and leads to."""

from __future__ import annotations

import re

import pytest

from articles.models import Page, Story
from articles.settle import settle
from articles.tests.crawl import ask
from articles.tests.make import NOW, make_article, name_page

from .making import many
from .odd_questions import ODD
from .reading import found, page_of, plain

pytestmark = pytest.mark.django_db
TITLE = re.compile("<title>(.*?)</title>", re.DOTALL)


def notes(text: str) -> str:
    return plain(
        text.partition('class="notes" role="status">')[2].partition("</div>")[0]
    )


def test_without_a_question_it_says_how_to_ask(client):
    page = page_of(client, "").text
    assert "Search tips" in page
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
    assert "1 story, 2 articles with “ferry” – Search" in TITLE.search(page.text)[1]
    results = found(page.text)
    assert results.count("<h3") == 1
    assert f"/stories/{story.public_id}/ferry-sails-again/" in results
    assert "<mark>Ferry</mark> sails again" in results
    assert "<mark>Ferry</mark> is late" in results
    assert "2 publishers, 3 articles" in results
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
    assert "3 more articles of this story" in results


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
        ("ferry -sails", "", "also has one that you exclude"),
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
    assert "No articles with “ferry zebra”" in TITLE.search(page)[1]
    assert "Nearest matches" in page
    assert "<mark>Ferry</mark> sails" in page


def test_what_a_hyphen_excludes_is_said_and_can_be_searched_for(client):
    make_article(title="Jaguar for zoos")
    make_article(title="Jaguar car shown")
    settle(now=NOW)
    page = page_of(client, "jaguar -car", "&sort=newest").text
    assert "car shown" not in plain(found(page))
    assert "Excluding “car”. Search for it instead." in plain(page)
    assert 'href="/search/?q=jaguar+car&amp;sort=newest"' in page
    assert "Excluding" not in page_of(client, 'jaguar -"car shown"').text


@pytest.mark.parametrize("written", ["AI-powered", "AI -powered", "ai–powered"])
def test_a_hyphen_that_articles_write_is_part_of_the_word(client, written):
    make_article(title="AI for ships")
    make_article(title=f"{written} ships")
    settle(now=NOW)
    page = page_of(client, "AI -powered ships").text
    assert f"{written} ships" in plain(found(page))
    assert "AI for ships" not in plain(found(page))
    assert "Showing results for “AI-powered ships”." in plain(page)
    assert "?q=AI+-%22powered%22+ships" in page
    page = page_of(client, 'AI -"powered" ships').text
    assert "AI for ships" in plain(found(page))
    assert "powered ships" not in plain(found(page))


def test_a_hyphen_that_only_hidden_articles_write_excludes(client):
    make_article(title="AI for ships")
    make_article(title="AI-powered ships", published=False)
    settle(now=NOW)
    page = page_of(client, "AI -powered ships").text
    assert "AI for ships" in plain(found(page))
    assert "Excluding “powered”" in plain(page)


def test_where_nothing_is_found_it_says_what_to_try(client):
    make_article(title="Ferry sails")
    settle(now=NOW)
    page = page_of(client, "zebra").text
    assert "No articles with “zebra”" in plain(page)
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
        assert "3+ stories, 3+ articles with" in page_of(client, "ferry", more).text


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
    assert "1 story, 1 article with “ferry”, on Ships" in plain(page)


@pytest.mark.parametrize("question", ODD[1::2], ids=range(len(ODD[1::2])))
def test_no_question_makes_the_page_fail(client, question):
    make_article(title="Ferry sails")
    settle(now=NOW)
    text = question.encode("utf-8", "replace").decode()
    page_of(client, text)
    page_of(client, text, "&sort=newest")
