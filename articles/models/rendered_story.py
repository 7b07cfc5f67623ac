"""What readers get of a story, made when the story is settled."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class RenderedStoryQuerySet(models.QuerySet["RenderedStory"]):
    """Chainable questions about what is rendered."""

    def behind(self, made_by: str) -> RenderedStoryQuerySet:
        """What is to be rendered again, by templates and settings of this word."""
        # Two ranges of the index, which knows no "not".
        return self.filter(Q(made_by__lt=made_by) | Q(made_by__gt=made_by))


class RenderedStory(models.Model):
    """A listed story as a card and as a page, ready to be shown.

    There is a row for each listed story. It is emptied by the transaction that changes
    anything it shows, and filled again by settling; until then readers get the same,
    rendered for them.
    """

    story = models.OneToOneField(
        "articles.Story",
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="rendered",
    )
    made_by = models.CharField(
        max_length=40,
        blank=True,
        db_index=True,
        help_text="word for the templates, code and settings; empty: not rendered",
    )
    # The short ones first: what follows a long one in a row takes longer to read.
    glance = models.TextField(
        blank=True, help_text="what lists arrange the card by, in JSON"
    )
    dense = models.TextField(
        blank=True,
        help_text="HTML of the card in dense lists",
    )
    card = models.TextField(blank=True, help_text="HTML of the card in lists")
    shape = models.TextField(blank=True, help_text="the card as values, in JSON")
    body = models.TextField(
        blank=True,
        help_text="HTML of the story's page; empty where it is made from the shape",
    )

    objects = RenderedStoryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "rendered stories"

    def __str__(self) -> str:
        return f"story {self.story_id}, rendered by {self.made_by or 'nobody'}"
