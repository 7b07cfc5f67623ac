"""Questions put to the index, and the titles that answer them."""

from __future__ import annotations

from articles.models import Page
from articles.search import (
    best_hits,
    matching,
    near_hits,
    newest_hits,
    parse,
)


def found(text: str) -> set[str]:
    """Titles that meet a question, the same by each way to ask."""
    query, pages = parse(text), Page.objects.visible()
    met = set(matching(query, pages).values_list("title", flat=True))
    keys = {hit.page for hit in newest_hits(query, pages, most=100).found}
    assert set(pages.filter(pk__in=keys).values_list("title", flat=True)) == met
    return met


def best(text: str) -> list[str]:
    """Titles in their order, the best first; those that come nearest if none fits."""
    asked, pages = parse(text), Page.objects.visible()
    hits = best_hits(asked, pages).hits or near_hits(asked, pages).hits
    titles = dict(Page.objects.values_list("pk", "title"))
    return [titles[one.page] for one in hits]
