"""What editors laid down: never derived, never touched by an import."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Decision(models.Model):
    """One act of an editor about one source or page.

    A decision with a source name follows the source wherever its URL goes; one
    without holds for the page (DESIGN: decisions). The latest counts.
    """

    class Kind(models.TextChoices):
        PUBLISH = "publish", "publish"
        WITHDRAW = "withdraw", "withdraw"

    kind = models.CharField(max_length=20, choices=Kind.choices)
    source_name = models.CharField(max_length=1000, blank=True, db_index=True)
    canonical_url = models.CharField(max_length=2000, db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    author = models.CharField(
        max_length=150, help_text="who, in words: a name, or 'import'"
    )
    why = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["-at", "-id"], name="decision_newest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.source_name or self.canonical_url}"
