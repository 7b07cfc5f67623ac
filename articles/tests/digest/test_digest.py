"""What a digest says: the edition of a day in 72 columns and in plain HTML."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlsplit

import pytest

from articles.digest import Body, compose, render, topic_called
from articles.models import Page
from articles.publishing import withdraw
from articles.rules.text.columns import columns
from articles.settle import settle
from articles.tests.make import NOW
from articles.tests.markup import read_markup
from articles.tests.selectors.archive.making import GREAT_DAY, begin, stories_of
from articles.tests.selectors.story.making import listing, one_story, tell

pytestmark = pytest.mark.django_db

LINK = "https://news.example/no-more?a=1&b=2"
EVENT = date(2024, 3, 1)


def body(day: date = GREAT_DAY, topic: str = "") -> Body:
    return render(compose(day, topic_called(topic) if topic else None), LINK)


@pytest.fixture
def event(db):
    """A story of six pages, its lead named last."""
    pages = [
        tell(name, f"Bridge {name} falls", hours=hours, quality=20 - hours)
        for hours, name in enumerate(["b", "c", "d", "e", "f"])
    ]
    lead = tell("lead", "Bridge falls <b>down</b> & out", hours=6, quality=90)
    listing(lead, *pages)
    return one_story(lead, *pages)


def test_it_names_the_day_the_best_headline_and_the_figures(event):
    found = body(EVENT)
    assert found.subject == "1 March 2024: Bridge falls <b>down</b> & out"
    for said in (found.text, read_markup(found.html).text):
        assert "Friday 1 March 2024" in said
        assert "1 story began on this day: 6 articles from 6 publishers." in said


def test_each_story_has_publisher_time_counts_and_three_other_headlines(event):
    found = body(EVENT)
    for said in (found.text, read_markup(found.html).text):
        words = " ".join(said.split())
        assert "lead.example, 1 March 2024, 18:00 UTC" in words
        assert "6 publishers, 6 articles" in words
        assert len(re.findall(r"Bridge \w falls", words)) == 3
    for url in ("https://b.example/", "https://lead.example/"):
        assert url in found.text.split()
        assert f'href="{url}" rel="noopener noreferrer"' in found.html
    assert f"http://news.example/stories/{event.public_id}/" in found.text


def test_what_is_said_is_escaped_in_html_only(event):
    found = body(EVENT)
    assert "Bridge falls <b>down</b> & out" in found.text
    assert "Bridge falls &lt;b&gt;down&lt;/b&gt; &amp; out" in found.html
    assert LINK in found.text
    assert LINK.replace("&", "&amp;") in found.html


def test_html_is_well_formed_and_asks_nothing_of_any_server(event):
    markup = read_markup(body(EVENT).html)
    assert [fault for fault in markup.faults if not fault.startswith("style on")] == []
    assert markup.asked == []
    assert markup.images == []
    assert {urlsplit(link).scheme for link in markup.links} <= {"http", "https"}
    assert "url(" not in body(EVENT).html


def test_thirty_stories_are_told_and_how_many_more_the_edition_has():
    begin(GREAT_DAY, 33)
    settle(now=NOW)
    found = body()
    best = [str(story) for story in stories_of(GREAT_DAY)]
    told = re.findall(r"^ ?\d+\. (.*)$", found.text, re.MULTILINE)
    assert told == best[:30]
    more = "3 more stories in the day’s edition"
    assert f"{more}:\nhttp://news.example/archive/2020/01/24/\n" in found.text
    assert (
        f'<a href="http://news.example/archive/2020/01/24/" style="color:#15171a">{more}'
        in found.html
    )
    assert "33 stories began on this day" in found.text


def test_up_to_thirty_there_is_no_more():
    begin(GREAT_DAY, 30)
    settle(now=NOW)
    assert " more in the edition" not in body().text


@pytest.mark.parametrize("called", ["c-plus-plus", "C++", "c++"])
def test_a_topic_is_called_by_name_or_slug(called):
    begin(GREAT_DAY, title="Of the topic", topics=["C++"])
    begin(GREAT_DAY, title="Of another", topics=["C#"])
    settle(now=NOW)
    topic = topic_called("C++")
    found = body(topic=topic.slug if called == "c-plus-plus" else called)
    assert found.subject == "24 January 2020, C++: Of the topic"
    assert "Friday 24 January 2020: C++" in found.text
    assert "1 story began on this day" in found.text
    assert "Of another" not in found.text + found.html


def test_there_is_no_digest_of_a_day_or_topic_without_stories():
    begin(GREAT_DAY, topics=["AI"])
    settle(now=NOW)
    assert compose(date(2020, 1, 25)) is None
    begin(date(2020, 1, 25), topics=["Shipping"])
    settle(now=NOW)
    assert compose(date(2020, 1, 25), topic_called("AI")) is None
    assert topic_called("nothing") is None


def test_what_is_withdrawn_is_in_no_digest(event):
    withdraw(Page.objects.get(canonical_url="https://b.example/"))
    found = body(EVENT)
    assert "Bridge b falls" not in found.text + found.html
    assert "https://b.example/" not in found.text + found.html
    assert "5 publishers, 5 articles" in found.text
    withdraw(event.pages.all())
    assert compose(EVENT) is None


@pytest.mark.parametrize(
    "title",
    [
        "x" * 400,
        "Wörter " * 60,
        "日本語の見出し" * 30,
        "😀" * 90,
        "\u0645\u0631\u062d\u0628\u0627 \u05e9\u05dc\u05d5\u05dd " * 20,
        "{{ settings.SECRET_KEY }} {% now 'Y' %}",
    ],
)
def test_text_has_72_columns_whatever_a_headline_is(title):
    begin(GREAT_DAY, title=title, provider="a-publisher-with-a-name.example")
    settle(now=NOW)
    found = body()
    assert max(columns(line) for line in found.text.splitlines()) <= 72
    said = "".join(line.strip() for line in found.text.splitlines())
    assert "".join(title.split()) in "".join(said.split())
    assert columns(found.subject) <= 130
