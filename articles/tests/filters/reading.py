"""What a page says of its filter, read from its markup."""

from __future__ import annotations

import re
from html import unescape

from articles.tests.crawl import Answer

LISTS = ["/", "/latest/", "/covered/"]


def title(answer: Answer) -> str:
    return unescape(answer.text.partition("<title>")[2].partition("</title>")[0])


def chips(answer: Answer) -> dict[str, str]:
    """What is in force, and where it leads to remove it."""
    found = re.findall(
        r'<li><a href="([^"]+)"><span class="visually-hidden">Remove </span>([^<]*)<span',
        answer.text,
    )
    return {unescape(label): unescape(href) for href, label in found}


def fields(answer: Answer) -> list[tuple[str, str]]:
    """Names and values of the filter form's inputs, in their order."""
    form = answer.text.partition('<form class="filters"')[2].partition("</form>")[0]
    inputs = re.findall(r"<input[^>]*>", form)
    return [
        (
            re.search(r'name="([^"]*)"', one)[1],
            (re.search(r'value="([^"]*)"', one) or "  ")[1],
        )
        for one in inputs
        if 'type="checkbox"' not in one or " checked" in one
    ]
