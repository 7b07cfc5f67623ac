"""The words that readers meet are those of a newspaper, not of the code."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from articles.ingest.report import Report
from articles.tests.crawl import crawl

from .visit import PAGES, address

pytestmark = pytest.mark.django_db

# What is never said, by what is said instead.
NEVER = {
    "article": r"\b\d[\d,]*\+? pages?\b|\bpages? (of|from) (this|the) publisher",
    "Why it ranks here": r"Why it is here|stands? before",
    "reprint": r"text that was there before",
    "Busiest hour": r"Most at once",
    "Related, but a different event": r"Named beside",
    "No matches. Remove a filter:": r"Nothing meets all|Take off",
    "Filter": r"Narrow (this|the)",
    "Selected:": r"The chosen",
    "Search tips": r"How to ask",
    "Updated": r"newest coverage \d",
    "a true plural": r"\b1 (articles|stories|publishers|topics|days|editions)\b"
    r"|\b[02-9] (article|story|publisher|topic|day|edition)\b",
}


@pytest.fixture(scope="module")
def texts(seeds_site: Report) -> dict[str, str]:
    """What each page of the site says, by its address."""
    found = crawl(Client(), map(address, PAGES))
    html = [answer for answer in found.values() if answer.kind == "text/html"]
    return {answer.address: " ".join(answer.markup.text.split()) for answer in html}


@pytest.mark.parametrize("instead", NEVER)
def test_no_page_speaks_like_the_code(texts, instead):
    said = {
        f"{place}: {text[max(found.start() - 30, 0) : found.end() + 30]}"
        for place, text in texts.items()
        for found in re.finditer(NEVER[instead], text)
    }
    assert len(texts) > 60
    assert said == set()
