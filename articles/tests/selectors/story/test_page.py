"""The page of a story: order, folding, silences, picture and table, and its cost."""

from __future__ import annotations

import gzip
import random
import re
from xml.etree import ElementTree

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.library.story import NOTHING, story_evidence
from articles.models import Page, Story
from articles.publishing import withdraw
from articles.rendering.cards import coverage_pages
from articles.rendering.coverage import LARGE, SENTENCES_OF_LARGE
from articles.rendering.story import StoryBody, story_body
from articles.selectors.story.page import story_page
from articles.tests.crawl import ask
from articles.tests.make import name_page

from .making import address, listing, one_story, tell

SVG = re.compile(r'<svg class="timeline.*?</svg>', re.DOTALL)
KILOBYTE = 1024


@pytest.fixture
def story(db) -> Story:
    """Five pages of four publishers: two of one text, two by one publisher."""
    lead = tell("lead", quality=90)
    copy = tell("copy", hours=1, quality=95, published=False)
    again = tell(
        "again",
        "Bridge crane owner fined",
        hours=2,
        provider="lead.example",
        quality=20,
    )
    other = tell("other", "Two hurt as Northport bridge closes", hours=3, quality=60)
    late = tell("late", "Bridge opens again in Northport", hours=124, quality=70)
    listing(lead, copy, again, other, late)
    return one_story(lead, copy, again, other, late)


def names(story: Story, order: str) -> list[list[str]]:
    """Publishers in the groups of a story's coverage."""
    return [
        [one.page.provider.domain.partition(".")[0] for one in group.pages]
        for group in body(story, order).coverage.groups
    ]


def body(story: Story, order: str = "time") -> StoryBody:
    """What the page of a story says of the story itself."""
    pages = coverage_pages([story])[story.pk]
    evidence = story_evidence(pages).get(story.pk, NOTHING)
    return story_body(story, pages, (), evidence, order=order)


def test_by_time_days_are_groups_and_silences_are_told(story, client):
    assert names(story, "time") == [["lead", "lead", "other"], ["late"]]
    groups = body(story).coverage.groups
    assert [group.silent_days for group in groups] == [0, 4]
    assert "4 days without coverage" in ask(client, address(story)).text


def test_by_quality_the_best_comes_first_reprints_folded(story):
    assert names(story, "quality") == [["lead", "late", "other", "lead"]]


def test_by_publisher_those_with_several_pages_come_first(story, client):
    assert names(story, "provider") == [["lead", "lead"], ["copy", "late", "other"]]
    text = ask(client, f"{address(story)}?by=provider").text
    assert "lead.example</a>, 2 articles</h3>" in text and "One article each" in text


def test_reprints_are_folded_under_the_first_and_counted_apart(story, client):
    found = body(story).coverage
    first = found.groups[0].pages[0]
    assert [one.page.provider.domain for one in first.reprints] == ["copy.example"]
    assert found.extent == "5 articles from 4 publishers, 1 of them a reprint"
    text = ask(client, address(story)).text
    assert "<summary>1 reprint</summary>" in text and found.extent in text


def test_a_lead_is_not_folded_under_what_it_reprints(db, client):
    story = one_story(tell("early", quality=10), tell("lead", hours=1, quality=90))
    assert names(story, "time") == [["early", "lead"]]
    assert body(story).coverage.reprint_count == 0
    assert "same text as" in ask(client, address(story)).text


def test_the_ends_are_marked(story):
    lines = [one for group in body(story).coverage.groups for one in group.pages]
    assert [one.notes for one in lines] == [("first report",), (), (), ("latest",)]


@pytest.mark.parametrize(
    "asked", ["by=quality", "by=provider", "by=time", "by=nonsense", "by="]
)
def test_one_address_counts_and_others_lead_to_it(story, client, asked):
    answer = ask(client, f"{address(story)}?{asked}")
    assert answer.status == 200
    assert re.search(r'rel="canonical" href="[^"?]*"', answer.text)
    chosen = asked.removeprefix("by=")
    kept = chosen in ("quality", "provider")
    assert ("noindex" in answer.text) == kept
    moved = ask(client, f"/stories/{story.public_id}/old-words/?{asked}")
    assert moved.headers["Location"] == address(story) + (f"?{asked}" if kept else "")


def test_each_page_says_why_it_is_here(story, client):
    text = " ".join(ask(client, address(story)).text.split())
    assert text.count("<summary>Why it is in this story</summary>") == 4
    assert "same text, listed by it as related, published 1 h later." in text
    assert re.search(r"published 5 days later; both say <em>Northport</em>", text)


def test_the_words_of_a_withdrawn_page_are_nowhere_on_the_page(story, client):
    withdraw(Page.objects.get(canonical_url="https://other.example/"))
    for order in ("time", "quality", "provider"):
        text = ask(client, f"{address(story)}?by={order}").text
        assert "other.example" not in text
        assert "hurt" not in text
    assert text.count('<li class="page-line') == 4


def test_the_drawing_is_well_formed_and_says_what_it_shows(story, client):
    answer = ask(client, address(story))
    drawing = ElementTree.fromstring(SVG.search(answer.text)[0])
    assert drawing.get("role") == "img"
    title, about = drawing.find("title"), drawing.find("desc")
    assert drawing.get("aria-labelledby").split() == [title.get("id"), about.get("id")]
    assert title.text == "Timeline: 5 articles from 4 publishers"
    assert about.text.startswith(
        "First report: lead.example, 1 March 2024, 12:00. "
        "Busiest day: 4 articles from 12:00. Latest: late.example, "
    )
    assert "4 days without coverage in between." in about.text
    kinds = sorted(dot.get("class") for dot in drawing.iter("circle"))
    assert kinds == ["dot--lead", "dot--page", "dot--page", "dot--page", "dot--reprint"]
    assert [text.text for text in drawing.findall("text")] == [
        "lead.example",
        "copy.example",
        "other.example",
        "late.example",
    ]


def test_the_table_says_the_same(story):
    table = body(story).timeline.table
    assert [(row.provider.partition(".")[0], row.what) for row in table] == [
        ("lead", "lead article, first report, busiest time"),
        ("copy", "reprint, busiest time"),
        ("lead", "busiest time"),
        ("other", "busiest time"),
        ("late", "latest"),
    ]


def test_stories_lead_on_to_their_neighbours_in_time(db):
    made = [
        one_story(tell(name, f"{name} {name} {name} {name}", hours=hours))
        for name, hours in (("older", 0), ("same", 5), ("tied", 5), ("newer", 9))
    ]
    pages = [story_page(story.public_id) for story in made]
    ids = [story.public_id for story in made]
    assert [page.newer and page.newer.id for page in pages] == [*ids[1:], None]
    assert [page.older and page.older.id for page in pages] == [None, *ids[:-1]]


@pytest.mark.parametrize("size", [4, 60, 179])
def test_a_large_story_costs_no_more_queries_and_stays_small(db, size):
    lead = tell("lead", quality=90)
    chance = random.Random(size)
    for number in range(1, size):
        name_page(
            lead,
            f"https://p{number}.example/",
            position=number,
            provider=f"publisher-{number % 40}.example",
            title=f"Bridge {number:x} {number * 7919:x} closes after {number * 104729:x} collapse",
            excerpt=" ".join(f"{chance.getrandbits(24):x}" for _ in range(30)),
            published_at=lead.published_at.replace(
                day=1 + number % 9, minute=number % 60
            ),
        )
    story = one_story(lead)
    Page.objects.exclude(article=lead).update(story=story)
    story = one_story(lead)
    assert story.page_count == size
    cache.clear()
    with CaptureQueriesContext(connection) as asked:
        answer = Client().get(address(story))
    assert len(asked) <= 8
    text = answer.content.decode()
    assert text.count('<li class="page-line') == size
    sentences = text.count('<p class="page-line__sentence"')
    assert sentences == (SENTENCES_OF_LARGE if size > LARGE else size) - 1
    assert len(SVG.search(text)[0]) <= 15 * KILOBYTE
    assert len(gzip.compress(answer.content, 6)) <= 30 * KILOBYTE
