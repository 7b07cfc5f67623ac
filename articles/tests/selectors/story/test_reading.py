"""What a reader meets on a story's page, in which order, and what is left out."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from articles.models import Page, Story
from articles.publishing import lead as choose_lead
from articles.publishing import withdraw
from articles.tests.crawl import ask

from .making import address, listing, one_story, tell

COUNTED = re.compile(r"\b\d+ (articles?|publishers?|stories|story|reprints?)\b")


@pytest.fixture
def story(db) -> Story:
    """Four articles: a lead, a reprint of the next day, another by its publisher."""
    lead = tell("lead", quality=90, topics=["Ships", "Law"], excerpt="Nobody was hurt.")
    copy = tell("copy", hours=20, excerpt="Nobody was hurt.")
    again = tell(
        "again",
        "Bridge crane owner fined",
        hours=1,
        provider="lead.example",
        excerpt="The owner of the crane pays " + "a very large sum " * 20,
    )
    other = tell(
        "other",
        "Two hurt as Northport bridge closes",
        hours=2,
        excerpt="Two hurt as Northport bridge closes",
    )
    listing(lead, copy, again, other)
    return one_story(lead, copy, again, other)


@pytest.fixture
def alone(db) -> Story:
    title = "Orchestra names Finnish conductor"
    told = tell("alone", title, topics=["Ships"], excerpt="She begins in May.")
    return one_story(told)


def main(client, path: str) -> str:
    """What stands between head and footer of a page."""
    text = " ".join(ask(client, path).text.split())
    return text[text.index("<main") : text.index("</main>")]


def test_what_happened_and_where_to_read_it_come_before_all_else(story, client):
    text = main(client, address(story))
    order = [
        'class="kicker"',
        "<h1",
        "Nobody was hurt.",
        "Read at lead.example",
        'id="coverage"',
        'id="timeline-name"',
        "Publishers</h2>",
        "Why this is one story</h2>",
    ]
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    assert 'href="#coverage">All 4 articles</a>' in text


def test_each_article_has_its_sentence_but_for_what_is_said_already(story, client):
    text = main(client, address(story))
    sentences = re.findall(r'<p class="page-line__sentence" dir="auto">(.*?)</p>', text)
    [said] = sentences  # not the lead's again, no reprint's, no repeated headline
    assert said.startswith("The owner of the crane pays") and said.endswith("…")
    assert len(said) <= 160


def test_a_reprint_of_another_day_shows_its_day(story, client):
    text = main(client, address(story))
    of_reprint = text[text.index("<summary>1 reprint</summary>") :]
    assert '<span><time datetime="2024-03-02T08:00' in of_reprint
    assert text.count('<p class="page-line__time under-day">') == 3


def test_publishers_have_a_number_where_it_says_something(story, client):
    text = main(client, address(story))
    assert '">lead.example</a> <span class="publishers__count">2 articles<' in text
    assert text.count('<span class="publishers__count">') == 1
    withdraw(Page.objects.get(canonical_url="https://other.example/"))
    assert "Publishers</h2>" not in main(client, address(story))  # two: named anyway


def test_the_legend_names_the_kinds_that_occur(story, client):
    def legend() -> list[str]:
        [found] = re.findall(r'<p class="legend".*?</p>', main(client, address(story)))
        return re.findall(r"</svg> ([a-z ]+)</span>", found)

    assert legend() == ["lead article", "article", "reprint"]
    withdraw(Page.objects.get(canonical_url="https://copy.example/"))
    assert legend() == ["lead article", "article"]


def test_two_articles_are_a_list_and_no_drawing(db, client):
    first, second = tell("first", quality=90), tell("second", "Bridge shut", hours=2)
    text = main(client, address(one_story(first, second)))
    assert "Both articles</a>" in text and "2 articles from 2 publishers" in text
    assert "Timeline" not in text and "?by=" not in text


def test_a_story_of_one_article_is_as_short_as_the_article(alone, client):
    text = main(client, address(alone))
    assert "Read at alone.example" in text and "She begins in May." in text
    for apparatus in ("Coverage", "Timeline", "Publishers", "?by=", "Why", "<aside"):
        assert apparatus not in text
    assert not COUNTED.search(text)


def test_the_page_of_an_article_that_is_a_whole_story_says_that_the_story_counts(
    alone, story, client
):
    for of, counts in (
        (alone.lead, address(alone)),
        (story.lead, None),  # there is more in the story: both count
        (Page.objects.get(canonical_url="https://other.example/"), None),
    ):
        path = reverse("article", args=[of.public_id, of.slug])
        answer = ask(client, path)
        [canonical] = re.findall(r'rel="canonical" href="([^"]+)"', answer.text)
        assert canonical.endswith(counts or path)
        assert ("Part of this story" in answer.text) == (counts is None)


def test_an_editors_choice_of_lead_brings_its_sentence_to_the_top(story, client):
    choose_lead(Page.objects.get(canonical_url="https://again.example/"))
    story.refresh_from_db()
    text = main(client, address(story))
    assert text.index("The owner of the crane pays") < text.index('id="coverage"')
    assert '<h1 dir="auto">Bridge crane owner fined</h1>' in text


def test_the_drawing_holds_the_focus_by_a_link_alone(story, client):
    """Seen where the drawing is wider than its room: else Tab would stop for nothing."""
    text = main(client, address(story))
    region = text[text.index('class="timeline__region"') : text.index("<svg class")]
    assert "tabindex" not in region
    assert 'class="timeline__cue" href="#timeline-table"' in region
    assert 'id="timeline-table"' in text
