"""Who publishes."""

from __future__ import annotations

from django.db import models


class Provider(models.Model):
    """A publisher: one folded domain, and the name its newest article gives."""

    domain = models.CharField(max_length=253, unique=True)
    name = models.CharField(max_length=200)
    # Kept by settling, see `counts`.
    page_count = models.IntegerField(default=0, help_text="visible pages")
    newest_at = models.DateTimeField(null=True, help_text="when the newest came out")

    class Meta:
        verbose_name = "publisher"  # what readers and editors call them

    def __str__(self) -> str:
        return self.name or self.domain
