"""Stories that wait at the desk: readers do not get them, and nobody decided."""

from __future__ import annotations

from django.db import models


class QueuedStory(models.Model):
    """What a story that waits would be if its best article were published; derived.

    There is a row for each story without a lead that has an article which waits for an
    editor: not published, not decided on, not dated ahead. Figures are those that the
    story would have, so that lists of the queue need no other table.
    """

    story = models.OneToOneField(
        "articles.Story",
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="queued",
    )
    best = models.ForeignKey(
        "articles.Page",
        on_delete=models.CASCADE,
        related_name="+",
        help_text="the article that would lead it",
    )
    public_id = models.CharField(
        max_length=16, help_text="the story's, which breaks ties"
    )
    waiting = models.PositiveIntegerField(help_text="articles that wait")
    newest_at = models.DateTimeField(help_text="time of the newest of them")
    page_count = models.PositiveIntegerField()
    provider_count = models.PositiveIntegerField()
    tier = models.PositiveSmallIntegerField(help_text="rules.score.Tier")
    weight = models.FloatField()
    score = models.FloatField()

    class Meta:
        verbose_name = "story that waits"
        verbose_name_plural = "stories that wait"
        indexes = [
            models.Index(fields=["-tier", "-score", "-public_id"], name="queue_top"),
            models.Index(fields=["-newest_at", "-public_id"], name="queue_newest"),
        ]

    def __str__(self) -> str:
        return f"story {self.story_id}"
