"""Counts that pages show, kept by settling: nobody who asks for a page counts rows.

They are changed by differences in the transaction that changes what they count, and
can be counted again (`articles.settle.recount`). Days are those of TIME_ZONE.
"""

from __future__ import annotations

from datetime import datetime

from django.db import models

from .sql import Prepared, aware


class Totals(models.Model):
    """What the whole site holds for readers: one row, none before the first story."""

    ROW = 1

    story_count = models.IntegerField(default=0, help_text="listed stories")
    newest_at = models.DateTimeField(
        null=True, help_text="newest coverage of any listed story"
    )

    class Meta:
        verbose_name_plural = "totals"

    def __str__(self) -> str:
        return f"{self.story_count} stories"

    @classmethod
    def read(cls) -> tuple[int, datetime | None]:
        """How many stories are listed, and their newest coverage; one query."""
        held = _TOTALS.row()
        if held is None:
            return 0, None
        stories, newest_at = held
        return stories, aware(newest_at) if newest_at else None


_TOTALS = Prepared(
    lambda: Totals.objects.filter(pk=Totals.ROW).values_list("story_count", "newest_at")
)


class Day(models.Model):
    """A day on which listed stories began: what its edition holds."""

    first_on = models.DateField(unique=True)
    story_count = models.IntegerField(default=0)
    page_count = models.IntegerField(default=0, help_text="visible pages of these")
    provider_count = models.IntegerField(
        null=True, help_text="of these pages; empty: not counted since it changed"
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["first_on"],
                condition=models.Q(provider_count=None),
                name="day_uncounted",
            )
        ]

    def __str__(self) -> str:
        return str(self.first_on)


class TopicDay(models.Model):
    """How many stories under a topic had their newest coverage on a day."""

    # No index of its own: that of the constraint begins with it.
    topic = models.ForeignKey(
        "articles.Topic", on_delete=models.CASCADE, related_name="days", db_index=False
    )
    day = models.DateField()
    number = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "day"], name="topic_day_once")
        ]

    def __str__(self) -> str:
        return f"{self.topic_id} on {self.day}"


class ProviderDay(models.Model):
    """How many visible pages of a publisher came out on a day."""

    provider = models.ForeignKey(
        "articles.Provider",
        on_delete=models.CASCADE,
        related_name="days",
        db_index=False,
    )
    day = models.DateField()
    number = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "day"], name="provider_day_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.provider_id} on {self.day}"
