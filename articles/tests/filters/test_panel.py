"""What readers see of a filter: what is in force, and the way on."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from articles.settle import settle
from articles.tests.crawl import ask
from articles.tests.make import NOW, make_article
from articles.views.choices import Choices

from .making import forty_stories
from .reading import LISTS, chips, fields, title

EVERYTHING = (
    "q=ferry&topic=ai&topic=sea&provider=bbc.example&since=2024-01-03&until=2024-12-31"
    "&min_quality=10&type=article&has_image=1&coverage=2"
)


@pytest.fixture
def site(db) -> None:
    forty_stories()


@pytest.mark.parametrize("path", [*LISTS, "/search/"])
def test_each_condition_is_a_chip_that_leaves_out_itself_alone(site, client, path):
    answer = ask(client, f"{path}?{EVERYTHING}&before=&sort=newest")
    assert list(chips(answer)) == [
        "Words: ferry",
        "Topic: AI",
        "Topic: Sea",
        "Publisher: bbc.example",
        "From 3 January 2024",
        "Until 31 December 2024",
        "Quality: 10 or more",
        "Type: article",
        "With a picture",
        "2 or more publishers",
    ]
    asked = pairs(f"?{EVERYTHING}&sort=newest")
    for chip in chips(answer).values():
        assert chip.startswith(path)
        assert len(asked - pairs(chip)) == 1
        assert pairs(chip) < asked


def pairs(address: str) -> set[tuple[str, str]]:
    query = parse_qs(urlsplit(address).query)
    return {(name, value) for name, values in query.items() for value in values}


def test_of_a_value_given_twice_the_last_counts_for_list_and_chips(site, client):
    answer = ask(client, "/latest/?min_quality=99&min_quality=10&topic=sea&topic=Sea")
    assert list(chips(answer)) == ["Topic: Sea", "Quality: 10 or more"]
    assert "Ferry 7" in answer.text
    assert pairs(chips(answer)["Quality: 10 or more"]) == {("topic", "sea")}


def test_clearing_keeps_words_and_order(site, client):
    answer = ask(client, f"/latest/?{EVERYTHING}&sort=newest")
    href = unescape(re.search(r'<a href="([^"]+)">Clear filters', answer.text)[1])
    assert pairs(href) == {("q", "ferry"), ("sort", "newest")}
    assert "Clear filters" not in ask(client, "/latest/?q=ferry").text


@pytest.mark.parametrize("path", LISTS)
def test_the_number_of_stories_is_in_text_and_title(site, client, path):
    answer = ask(client, f"{path}?topic=ai&provider=www.BBC.example")
    said = "20 stories on AI, from bbc.example"
    assert title(answer).startswith(f"{said} – ")
    assert said in answer.markup.text
    one = ask(client, f"{path}?topic=sea")
    assert title(one).startswith("1 story on Sea – ")


def test_later_pages_are_named_by_their_days(site, client):
    first = ask(client, "/latest/?topic=ai")
    later = unescape(re.search(r'href="([^"]*before=[^"]*)" rel="next"', first.text)[1])
    second = ask(client, f"/latest/{later}")
    assert "topic=ai" in later
    assert title(second) == (
        "40 stories on AI – Latest – 22 January to 31 January 2024 – newsagg"
    )
    back = unescape(re.search(r'href="([^"]*)">← Back to the newest', second.text)[1])
    assert pairs(back) == {("topic", "ai")}


@pytest.mark.parametrize("path", LISTS)
def test_search_engines_are_kept_to_the_whole_lists(site, client, path):
    robots = '<meta name="robots" content="noindex,follow">'
    canonical = '<link rel="canonical" href="http://news.example{}">'
    whole = ask(client, f"{path}?unknown=1")
    assert robots not in whole.text
    assert canonical.format(path) in whole.text
    narrowed = ask(client, f"{path}?min_quality=1&topic=AI&topic=ai&unknown=1&since=")
    assert robots in narrowed.text
    assert canonical.format(f"{path}?topic=ai&amp;min_quality=1") in narrowed.text
    later = re.search(r'href="([^"]*before=[^"]*)" rel="next"', whole.text)[1]
    assert 'rel="canonical"' not in ask(client, path + unescape(later)).text


def test_the_newest_coverage_is_that_of_the_whole_site(site, client):
    for query in ("", "?topic=sea", "?min_quality=1000", "?since=x"):
        assert "Updated 1 March 2024" in " ".join(
            ask(client, f"/latest/{query}").markup.text.split()
        )


@pytest.mark.parametrize("path", [*LISTS, "/search/"])
def test_the_form_holds_the_state_and_each_name_once(site, client, path):
    answer = ask(client, f"{path}?{EVERYTHING}&sort=newest&filter=1")
    held = fields(answer)
    assert sorted(pair for pair in held) == sorted(
        [
            ("sort", "newest"),
            ("q", "ferry"),
            ("topic", "ai"),
            ("topic", "sea"),
            ("provider", "bbc.example"),
            ("since", "2024-01-03"),
            ("until", "2024-12-31"),
            ("min_quality", "10"),
            ("has_image", "1"),
        ]
    )
    assert '<option value="article" selected>' in answer.text
    assert '<option value="2" selected>' in answer.text
    assert answer.markup.faults == []
    levels = answer.markup.headings
    assert levels[0] == 1


def test_unknown_parameters_change_nothing(site, client):
    plain, odd = ask(client, "/latest/"), ask(client, "/latest/?page=2&utm_source=x")
    assert "Ferry 0" in odd.text
    assert title(plain) == title(odd)
    assert chips(odd) == {}


def test_options_that_leave_nothing_are_hidden_unless_chosen(site, client):
    answer = ask(client, "/latest/?provider=post.example&filter=1")
    assert 'value="sea"' not in answer.text
    assert 'value="ai"' in answer.text
    answer = ask(client, "/latest/?provider=post.example&topic=sea&filter=1")
    assert re.search(r'value="sea" checked>.*?>Sea<.*?>0<', answer.text)


def test_twelve_options_are_in_sight_and_chosen_ones_are_among_them(db, client):
    for number in range(60):
        make_article(
            provider=f"p{number:02}.example",
            topics=["All", f"Topic {number:02}"],
            quality=number,
        )
    settle(now=NOW)
    topics, providers = choices(client, "/latest/?topic=all&filter=1")
    assert (len(topics.shown), len(topics.more)) == (12, 49)
    assert (len(providers.shown), len(providers.more)) == (12, 28)
    assert providers.others
    assert [choice.value for choice in topics.shown][:2] == ["all", "topic-00"]
    _, providers = choices(client, "/latest/?topic=all&provider=p55.example&filter=1")
    assert "p55.example" in [choice.value for choice in providers.shown]
    assert len(providers.shown) == 12
    assert len(providers.shown) + len(providers.more) == 40


def choices(client, address: str) -> list[Choices]:
    """What there is to choose from of topics and of publishers."""
    return [control.choices for control in client.get(address).context["filter"].names]


def test_the_front_page_leads_to_the_panel_and_does_not_count_for_it(site, client):
    assert '<a href="?filter=1">Filter</a>' in ask(client, "/").text
    opened = ask(client, "/?filter=1")
    assert '<details class="filters__panel" open>' in opened.text
    assert "noindex" in opened.text
    assert title(opened) != title(ask(client, "/"))


@pytest.mark.parametrize("path", [*LISTS, "/search/"])
def test_no_list_counts_what_nobody_asked_to_narrow(site, client, path):
    for query in ("", "topic=ai", "q=ferry&topic=ai"):
        answer = ask(client, f"{path}?{query}")
        assert "<fieldset" not in answer.text
        link = re.search(r'<a href="([^"]*filter=1)">', answer.text)[1]
        opened = ask(client, f"{path}?{query}&filter=1")
        assert "<fieldset" in opened.text
        assert pairs(unescape(link)) == {*pairs(f"?{query}"), ("filter", "1")}


def test_a_new_search_keeps_the_filters_in_force(site, client):
    answer = ask(client, "/search/?q=ferry&topic=ai&min_quality=10&sort=newest")
    assert set(fields(answer)) == {
        ("q", "ferry"),
        ("topic", "ai"),
        ("min_quality", "10"),
        ("sort", "newest"),
    }


def test_a_sample_says_of_how_many_it_is(site, client, monkeypatch):
    assert "Counted in" not in ask(client, "/latest/?filter=1").text
    monkeypatch.setattr("articles.views.panel.SAMPLE", 7)
    monkeypatch.setattr("articles.selectors.facets.SAMPLE", 7)
    for query in ("", "topic=ai", "provider=bbc.example", "q=ferry"):
        said = ask(client, f"/latest/?{query}&filter=1").markup.text
        assert "Counted in the newest 7 articles" in said


def test_words_of_readers_are_text(site, client):
    answer = ask(client, "/latest/?q=%3Cb%3Eferry&topic=%22%3E%3Ci%3E&provider=%3Cu%3E")
    for markup in ("<b>ferry", '"><i>', "<u>"):
        assert markup not in answer.text
    assert answer.markup.faults == []
