"""What is refused, and what leaves nothing: readers are told, and led on."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs

import pytest

from articles.tests.crawl import ask

from .making import forty_stories
from .reading import LISTS, chips, fields, title


@pytest.fixture
def site(db) -> None:
    forty_stories()


PROBLEMS = {
    "since=yesterday": ("From: “yesterday”", "2020-01-24"),
    "until=2024-02-30": ("Until: “2024-02-30”", "2020-01-24"),
    "since=1066-10-14": ("From: “1066-10-14”", "1900"),
    "since=2024-02-01&until=2024-01-01": (
        "Until: “2024-01-01”",
        "before the first date",
    ),
    "min_quality=high": ("Minimum quality: “high”", "-1,000 to 100,000"),
    "min_quality=1.5": ("Minimum quality: “1.5”", "whole number"),
    "type=song": ("Type: “song”", "article or video"),
    "has_image=no": ("With a picture: “no”", "1"),
    "coverage=4": ("Publishers per story: “4”", "2, 3, 5 or 10"),
    "topic=none": ("Topic: “none”", "Topics lists them all"),
    "topic=ai&topic=none": ("Topic: “none”", "Topics lists them all"),
    "provider=none.example": ("Publisher: “none.example”", "example.com"),
    "topic=" + "x" * 500: ("Topic: “xxxx", "…”"),
    "&".join(f"provider=p{n}.example" for n in range(50)): (
        "Publisher: “p0",
        "more than 40",
    ),
}


@pytest.mark.parametrize("path", [*LISTS, "/search/"])
@pytest.mark.parametrize("query", PROBLEMS)
def test_what_is_refused_is_told_with_what_would_do(site, client, path, query):
    answer = ask(client, f"{path}?{query}")
    told = re.search(r'role="status">(.*?)</div>', answer.text, re.DOTALL)[1]
    for words in PROBLEMS[query]:
        assert words in unescape(told)
    assert "Ferry" not in answer.markup.text
    assert answer.markup.faults == []
    names = {name for name, _ in parse_qs(query).items()}
    assert len(chips(answer)) >= len(names)
    assert "Nothing to show" in title(answer) or path == "/search/"


def test_a_day_that_is_none_is_not_in_the_field_for_days(site, client):
    held = dict(fields(ask(client, "/latest/?since=yesterday&until=2024-02-01")))
    assert (held["since"], held["until"]) == ("", "2024-02-01")
    held = dict(fields(ask(client, "/latest/?since=2024-03-01&until=2024-02-01")))
    assert (held["since"], held["until"]) == ("2024-03-01", "2024-02-01")


def test_nothing_left_offers_to_remove_each_condition(site, client):
    answer = ask(client, "/latest/?topic=sea&provider=post.example&min_quality=10")
    assert title(answer).startswith("0 stories on Sea, from post.example")
    offers = re.findall(
        r'<li><a href="([^"]+)"><span class="visually-hidden">Remove </span>([^<]+)</a> ([^<]+)</li>',
        answer.text.partition('class="offers"')[2].partition("</div>")[0],
    )
    assert [(label, left) for _, label, left in offers] == [
        ("Topic: Sea", "20 stories"),
        ("Publisher: post.example", "1 story"),
        ("Quality: 10 or more", "still no matches"),
    ]
    for href, _, left in offers:
        assert left.split()[0].replace("still", "0") in title(
            ask(client, unescape(href))
        )
