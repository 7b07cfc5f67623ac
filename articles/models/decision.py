"""What editors laid down: never derived, never touched by an import."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Decision(models.Model):
    """One act of an editor or operator about one source, page or version.

    A decision to publish or withdraw that has a source name follows the source
    wherever its URL goes; one without holds for the page. Decisions about versions
    name their digest. Of those about one thing the latest counts.
    """

    class Kind(models.TextChoices):
        PUBLISH = "publish", "publish"
        WITHDRAW = "withdraw", "withdraw"
        SET_ASIDE = "set_aside", "set aside a version"
        REINSTATE = "reinstate", "reinstate a version"
        FORGET = "forget", "forget a version"

    kind = models.CharField(max_length=20, choices=Kind.choices)
    source_name = models.CharField(max_length=1000, blank=True, db_index=True)
    canonical_url = models.CharField(max_length=2000, blank=True, db_index=True)
    digest = models.CharField(
        max_length=64, blank=True, db_index=True, help_text="of a version, in hex"
    )
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
