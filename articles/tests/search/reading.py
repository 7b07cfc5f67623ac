"""The page of search, asked for and read."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import quote_plus

from articles.tests.crawl import ask


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
