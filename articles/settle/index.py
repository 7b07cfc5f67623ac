"""Which pages search reads again: those derived again, and renamed publishers'."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from articles.models import Page, Provider
from articles.search import index


def index_pages(pages: Iterable[int]) -> None:
    """Let search find pages by what is shown of them now, if they are."""
    index(pages)


def index_publishers(renamed: Sequence[Provider]) -> None:
    """Let search find the pages of publishers by their new names."""
    if renamed:
        pages = Page.objects.visible().filter(provider__in=renamed)
        index(pages.values_list("pk", flat=True))
