"""Which visible pages search knows, newest first."""

from __future__ import annotations

from django.db import models


class SearchEntry(models.Model):
    """A visible page as search holds it; derived, written by `articles.search`.

    Its id grows with the time of the page, so that what the database finds in the
    order of ids is newest first and need not be sorted. On SQLite the words are in
    the table `articles_searchtext` under the same id, and go with their entry by a
    trigger: a migration that lets SQLite make this table anew has to make it anew, too.
    """

    # Always given. An automatic field, since SQLite keeps rows by these alone; any
    # other key is an index beside the table.
    id = models.BigAutoField(
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
