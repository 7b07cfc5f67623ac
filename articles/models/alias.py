"""Ids that addresses once bore."""

from __future__ import annotations

from django.db import models


class Alias(models.Model):
    """A former public id and the page that its readers are led to now."""

    public_id = models.CharField(max_length=16, unique=True)
    page = models.ForeignKey(
        "articles.Page", on_delete=models.CASCADE, related_name="aliases"
    )

    class Meta:
        verbose_name_plural = "aliases"

    def __str__(self) -> str:
        return self.public_id
