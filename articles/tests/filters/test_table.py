"""The table of filters is the one place that makes a filter: all else follows."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.http import QueryDict

from articles.filters import NewsFilter
from articles.filters.table import BY_NAME, FACETS, FILTERS, WORDS
from articles.filters.values import Check, Choice, Day, Names, Number, Steps, Words
from articles.settle import settle
from articles.tests.crawl import ask
from articles.tests.make import NOW, make_article
from articles.views.controls import FIELDS

ROOT = Path(__file__).resolve().parents[3]
REFUSED = "\N{SNOWMAN}"  # by every filter but the words
FREE = [entry for entry in FILTERS if not isinstance(entry.values, Words)]
each_filter = pytest.mark.parametrize("entry", FREE, ids=lambda entry: entry.name)


def taken(entry) -> str:
    """A value that a filter takes, and that all pages of the site meet but by topic."""
    match entry.values:
        case Names():
            return {"topic": "ai", "provider": "example.com"}[entry.values.of]
        case Day():
            return "2024-03-01"
        case Number():
            return "0"
        case Check() | Choice() | Steps():
            return next(iter(entry.values.options))
    raise AssertionError(f"no value is known that {entry.name} takes")


@pytest.fixture
def site(db) -> None:
    make_article(
        title="Ferry sails",
        topics=["AI"],
        excerpt="She sails.",
        image="https://img.example/1.jpg",
    )
    settle(now=NOW)


def asked(query: str) -> NewsFilter:
    return NewsFilter(QueryDict(query))


def test_a_name_and_a_label_belong_to_one_filter():
    assert len(BY_NAME) == len(FILTERS)
    assert len({entry.label for entry in FILTERS}) == len(FILTERS)
    assert list(NewsFilter.base_filters) == list(BY_NAME)


def test_each_name_is_a_word_for_addresses_and_for_the_statement_that_counts():
    assert all(re.fullmatch("[a-z_]+", name) for name in BY_NAME)


@each_filter
def test_what_offers_values_counts_them(entry):
    offers = bool(entry.values.options) or isinstance(entry.values, Names)
    assert offers == (entry.name in FACETS)


@each_filter
def test_its_kind_has_a_place_in_the_form(entry):
    assert entry.values.kind in ("names", *FIELDS)
    assert (ROOT / "templates/articles" / entry.values.template).is_file()


@each_filter
def test_its_control_is_in_the_form_once_with_its_label(site, client, entry):
    page = ask(client, "/latest/?filter=1").text
    form = page.partition('<form class="filters"')[2].partition("</form>")[0]
    controls = re.findall(rf'<(?:input|select)[^>]* name="{entry.name}"', form)
    leaves_nothing = isinstance(entry.values, Check | Names) and not controls
    assert len(controls) == 1 or leaves_nothing
    assert entry.label in form


@each_filter
def test_a_value_in_force_is_a_chip_and_in_the_titles_of_page_and_feed(
    site, client, entry
):
    query = f"{entry.name}={taken(entry)}"
    found = asked(query)
    [condition] = found.conditions
    assert found.problems == ()
    assert (condition.name, condition.value) == (entry.name, taken(entry))
    assert "{" not in condition.label + found.phrase
    page = unescape(ask(client, f"/latest/?{query}").text)
    assert f"Remove </span>{condition.label}<" in page
    for text in (page, unescape(ask(client, f"/feed.atom?{query}").text)):
        assert found.phrase in text.partition("<title>")[2].partition("</title>")[0]


@each_filter
def test_a_refused_value_is_told_by_page_and_feed_and_lets_nothing_through(
    site, client, entry
):
    query = f"{entry.name}={REFUSED}"
    [problem] = asked(query).problems
    said = f"{entry.label}: “{REFUSED}” {entry.values.refusal}"
    assert str(problem) == said
    assert len(entry.values.refusal) > 20
    page = ask(client, f"/latest/?{query}")
    assert f"<p>{said}</p>" in unescape(page.text)
    assert "Ferry sails" not in page.text
    feed = ask(client, f"/latest/feed.atom?{query}")
    assert said in "".join(ElementTree.fromstring(feed.content).itertext())
    assert "Ferry sails" not in feed.text


@each_filter
def test_its_condition_lets_pass_the_same_in_all_its_shapes(site, entry):
    found = asked(f"{entry.name}={taken(entry)}")
    narrowed = found.narrowed()
    stories = set(narrowed.stories.values_list("pk", flat=True))
    assert stories == set(found.pages().values_list("story", flat=True)) - {None}
    for way_in in narrowed.ways_in:
        led_to = narrowed.led_to.filter(pk__in=way_in[:99])
        assert set(led_to.values_list("pk", flat=True)) == stories


@each_filter
def test_the_bounds_of_its_values_are_taken_and_what_lies_beyond_is_not(db, entry):
    match entry.values:
        case Number(least, most):
            inside, outside = (least, most), (least - 1, most + 1)
        case Day(first, last):
            inside, outside = (first, last), ("1899-12-31", "2200-01-01")
        case _:
            inside = tuple(entry.values.options)
            outside = tuple(value for value in ("4", "none") if value not in inside)
    for value in inside:
        assert asked(f"{entry.name}={value}").problems == (), value
    for value in outside:
        assert asked(f"{entry.name}={value}").problems, value


def test_a_name_that_is_no_filter_is_ignored_by_pages_and_feeds(site, client):
    for path in ("/latest/", "/feed.rss", "/search/"):
        plain, odd = (
            ask(client, path + query).text for query in ("", f"?colour={REFUSED}")
        )
        assert odd == plain
    assert asked("colour=red&q").conditions == ()


def test_no_other_module_names_a_filter_to_treat_it_apart():
    """But for words, which search asks for, and days, of which one is not after one."""
    names = BY_NAME.keys() - {WORDS, "topic", "provider", "type"}
    quoted = re.compile("|".join(f"[\"']{name}[\"']" for name in sorted(names)))
    read_the_table = [
        *(ROOT / "articles/filters").glob("*.py"),
        *(ROOT / "articles/views").glob("*.py"),
        *(ROOT / "articles/syndication").glob("*.py"),
        *(ROOT / "articles/selectors").glob("facet*.py"),
        *(ROOT / "templates/articles").glob("_filter*.html"),
    ]
    naming = {
        path.name
        for path in read_the_table
        if quoted.search(path.read_text(encoding="utf-8"))
    }
    assert naming == {"table.py"}
