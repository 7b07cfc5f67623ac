"""The stored postings of pages, brought in step with their words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from articles.clustering.candidates import postings
from articles.clustering.term_table import current_table
from articles.clustering.terms import wording
from articles.models import Posting
from articles.models.bulk import among, chunks, insert_rows

from .database import DatabaseLibrary, spelled


@dataclass(frozen=True, slots=True)
class PostingChanges:
    """How the stored postings of some pages differ from those of their words."""

    pages: frozenset[int]  # whose postings differ
    gone: tuple[int, ...]  # rows
    new: tuple[tuple[int, str], ...]  # page and posting

    def write(self) -> None:
        """Let the pages be found under their words."""
        for some in chunks(self.gone):
            Posting.objects.filter(pk__in=among(some)).delete()
        insert_rows(Posting, ("page", "key"), self.new)


def posting_changes(pks: Sequence[int], library: DatabaseLibrary) -> PostingChanges:
    """What makes the postings of these pages those of their words."""
    pages = library.pages(library.urls(pks))
    table = current_table()
    held: dict[int, dict[str, int]] = defaultdict(dict)
    for some in chunks(pks):
        rows = Posting.objects.filter(page__in=among(some))
        for row, owner, key in rows.values_list("pk", "page", "key"):
            held[owner][key] = row
    gone: list[int] = []
    new: list[tuple[int, str]] = []
    changed: set[int] = set()
    for url, page in pages.items():
        (pk,) = library.pks([url])
        found = postings(page, wording(page.title, page.excerpt), table)
        keys = {spelled(place) for place in found}
        if keys != held[pk].keys():
            changed.add(pk)
            gone.extend(row for key, row in held[pk].items() if key not in keys)
            new.extend((pk, key) for key in sorted(keys - held[pk].keys()))
    return PostingChanges(frozenset(changed), tuple(gone), tuple(new))
