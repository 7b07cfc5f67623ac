"""Which pages search reads again: those derived again, and renamed publishers'."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from articles.models import Page, Provider, Stale
from articles.search import index

AT_ONCE = 200  # pages of renamed publishers that are read again in one step


def index_pages(pages: Iterable[int]) -> bool:
    """Let search find pages by what is shown of them now, if they are.

    Returns whether it finds any otherwise than before.
    """
    return index(pages)


def index_publishers(renamed: Sequence[Provider]) -> None:
    """Let search find the pages of publishers by their new names.

    Where they are many they are marked: each is read again when its turn comes.
    """
    if not renamed:
        return
    pages = Page.objects.visible().filter(provider__in=renamed)
    some = list(pages.values_list("pk", flat=True)[: AT_ONCE + 1])
    if len(some) <= AT_ONCE:
        index(some)
    else:
        pages.filter(stale=Stale.NO).update(stale=Stale.STANDING)
