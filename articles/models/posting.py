"""The inverted index of pages: under which rare words stories find them."""

from __future__ import annotations

from django.db import models


class Posting(models.Model):
    """A page under one rare word of its text, in its days; derived."""

    key = models.CharField(max_length=200, help_text="bucket of days and word")
    page = models.ForeignKey(
        "articles.Page", on_delete=models.CASCADE, related_name="postings"
    )

    class Meta:
        indexes = [models.Index(fields=["key", "page"], name="posting_key")]

    def __str__(self) -> str:
        return self.key
