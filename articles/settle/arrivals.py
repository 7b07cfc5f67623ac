"""Pages that have just come: their words first, so that stories are cut once.

A page that has come waits for the step that derives it. If it were unknown until
then, every step would cut again the stories that it adds to. Readers see nothing of
it before.
"""

from __future__ import annotations

from collections.abc import Sequence

from articles.library.database import DatabaseLibrary
from articles.library.posting_changes import posting_changes
from articles.models import Article, Page
from articles.models.bulk import among, save_fields

from .readers import tell_readers
from .words import SHOWN, set_words


def give_words(some: Sequence[int]) -> None:
    """Let pages that were never derived be found under their words."""
    pages = list(Page.objects.stale().filter(pk__in=among(some), published_at=None))
    speaking = _newest_twins(pages)
    unnamed = {
        page.pk
        for page in set_words(pages, {page.pk: speaking.get(page.pk) for page in pages})
    }
    known = [page for page in pages if page.pk not in unnamed]
    save_fields(known, SHOWN)
    tell_readers(page.pk for page in known)
    posting_changes([page.pk for page in known], DatabaseLibrary()).write()


def _newest_twins(pages: Sequence[Page]) -> dict[int, Article]:
    twins = Article.objects.filter(page__in=among(page.pk for page in pages))
    ordered = twins.order_by("published_at", "-source_name")
    return {article.page_id: article for article in ordered}
