"""What editors decide about stories, put into effect at once."""

from __future__ import annotations

from collections.abc import Collection

from articles.models import Page
from articles.models.bulk import chunks
from articles.models.writing import writing

from .figures import refresh
from .stories import regroup_bound


def settle_stories(pages: Collection[int], *, cut: bool) -> None:
    """Derive the stories of pages again about which decisions were made or undone.

    With `cut` they may be others than before. Nothing that the pages say changed, so
    it costs what their stories do, whatever else is stale.
    """
    with writing():
        touched = regroup_bound(pages) if cut else set()
        for some in chunks(pages):
            rows = Page.objects.filter(pk__in=some).exclude(story=None)
            touched |= set(rows.values_list("story", flat=True))
        refresh(touched)
