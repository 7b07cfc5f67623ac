"""A hyphen with a blank before it: an exclusion, or a word that was cut in two.

"AI -powered" is copied from a headline more often than it is meant to leave articles
out. Which it is, the pages say: where one writes "AI-powered", that is looked for.
"""

from __future__ import annotations

import re

from articles.models import Page

from .query import parse
from .questions import matching

LOOKED_AT = 20  # pages that say both words side by side
MOST = 2  # such hyphens in a question
HYPHENS = "\u002d\u2010\u2011\u2012\u2013\u2014\u2212"

_LOOSE = re.compile(
    r"(?<!\S)(?P<first>[^\W_][^\s\"-]*)\s+-(?P<second>[^\W\d_]\w*)(?!\S)"
)


def mended(text: str) -> str:
    """The question with such a hyphen between its words, where visible pages have it.

    A question without one is as it was, and costs nothing.
    """
    return _LOOSE.sub(_joined, text, count=MOST)


def _joined(found: re.Match[str]) -> str:
    first, second = found["first"], found["second"]
    return f"{first}-{second}" if _is_written(first, second) else found[0]


def _is_written(first: str, second: str) -> bool:
    """Whether a visible page writes both as one word with a hyphen."""
    side_by_side = parse(f'"{first} {second}"')
    if not side_by_side.wanted:
        return False
    pages = matching(side_by_side, Page.objects.visible(), most=LOOKED_AT)
    compound = re.compile(
        rf"\b{re.escape(first)}\s?[{HYPHENS}]\s?{re.escape(second)}\b", re.IGNORECASE
    )
    texts = pages.values_list("title", "excerpt")
    return any(compound.search(text) for row in texts for text in row)
