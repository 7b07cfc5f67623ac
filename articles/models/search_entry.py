"""Which visible pages search knows, newest first."""

from __future__ import annotations

from django.db import models


class SearchEntry(models.Model):
    """A visible page as search holds it; derived, written by `articles.search`.

    Its id grows with the time of the page, so that what the database finds in the
    order of ids is newest first and need not be sorted. On SQLite the words are in
    the table `articles_searchtext` under the same id.
    """

    id = models.BigIntegerField(
        primary_key=True, help_text="seconds and a hash, see rules.time_ordered_id"
    )
    page = models.OneToOneField(
        "articles.Page", on_delete=models.CASCADE, related_name="search_entry"
    )
    digest = models.BinaryField(
        max_length=8, help_text="of all that is indexed: an equal one is up to date"
    )

    def __str__(self) -> str:
        return str(self.pk)
