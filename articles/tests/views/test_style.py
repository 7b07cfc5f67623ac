"""The style page: all tokens, true figures, and the real parts with invented news."""

from __future__ import annotations

import re

import pytest

from articles.tests.crawl import ask
from articles.views.specimens import COVERAGE
from articles.views.tokens import TOKENS, tokens

TEXT = ("--ink", "--ink-soft", "--ink-quiet", "--accent", "--accent-ink", "--seen")


@pytest.fixture
def page(db, client) -> str:
    answer = ask(client, "/about/style/")
    assert answer.status == 200
    assert answer.markup.faults == []
    return answer.text


def test_every_token_is_on_the_page(page):
    defined = set(re.findall(r"(--[\w-]+):", TOKENS.read_text(encoding="utf-8")))
    assert len(defined) > 30
    shown = set(re.findall(r"<code>(--[\w-]+)</code>", page))
    assert defined - shown == set()


def test_text_and_controls_stand_out_by_day_and_by_night(page):
    for colour in tokens().colours:
        least = 4.5 if colour.name in (*TEXT, "--warning") else 0
        least = 3 if colour.name in ("--control", "--rule-strong") else least
        assert min(colour.by_day, colour.by_night) >= least, colour.name
        assert f"{colour.by_day:.2f}" in page
        assert f"{colour.by_night:.2f}" in page


def test_the_parts_are_real_and_the_news_is_invented(page):
    for part in (
        "story-card--lead",
        "cards",
        "wire",
        "river",
        "timeline",
        "chips",
        "empty",
    ):
        assert f'"{part}' in page or f" {part}" in page, part
    assert COVERAGE[0][2] in page
    outside = set(re.findall(r'href="https?://([^/"]+)', page))
    assert all(host.endswith(".example") for host in outside if host != "testserver")


def test_search_engines_leave_it_alone_and_no_page_leads_there(page, client):
    assert '<meta name="robots" content="noindex">' in page
    for path in ("/", "/about/", "/saved/"):
        assert "/about/style/" not in ask(client, path).text
