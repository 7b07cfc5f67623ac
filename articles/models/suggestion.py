"""What an editor may want to look at: derived, and can always be made again."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

LISTED = Q(story__lead__isnull=False) & (Q(other=None) | Q(other__lead__isnull=False))


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    """Chainable questions about suggestions."""

    def about(self, stories: Any) -> SuggestionQuerySet:
        """Those that are about one of these stories, by pk."""
        return self.filter(Q(story__in=stories) | Q(other__in=stories))

    def open(self) -> SuggestionQuerySet:
        """Those that nobody answered, about stories that readers see."""
        return self.filter(LISTED, answered=False)

    def hidden(self) -> SuggestionQuerySet:
        """Those about stories that readers do not see."""
        return self.exclude(LISTED)


class Suggestion(models.Model):
    """Two stories that may be one, or a story that may be two."""

    class Kind(models.TextChoices):
        SPLIT = "split", "may be two stories"
        MERGE = "merge", "may be one story"

    class Reason(models.TextChoices):
        ALIKE = "alike", "two stories say the same"
        LOOSE = "loose", "two parts of a story share little"
        SILENCE = "silence", "a story went on after days of silence"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    reason = models.CharField(max_length=10, choices=Reason.choices)
    # The one that keeps its address: the earlier of two.
    story = models.ForeignKey(
        "articles.Story", on_delete=models.CASCADE, related_name="suggestions"
    )
    other = models.ForeignKey(
        "articles.Story", null=True, on_delete=models.CASCADE, related_name="+"
    )
    leaving = models.TextField(
        blank=True, help_text="of a split: pks of the pages that would leave"
    )
    words = models.TextField(blank=True, help_text="that both say, or only who stays")
    other_words = models.TextField(blank=True, help_text="that only who leaves says")
    likeness = models.FloatField(help_text="of the two parts' words, 0 to 1")
    silence_hours = models.FloatField(help_text="between the parts; 0: they overlap")
    publishers = models.PositiveIntegerField(help_text="involved; the rank")
    strength = models.FloatField(help_text="which orders those of one rank, 0 to 1")
    answered = models.BooleanField(
        default=False, help_text="an editor said already that this is not wanted"
    )

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["-publishers", "-strength", "-id"],
                condition=Q(answered=False),
                name="suggestion_top",
            ),
            models.Index(
                fields=["kind", "-publishers", "-strength", "-id"],
                condition=Q(answered=False),
                name="suggestion_top_of_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.story_id} {self.other_id or self.leaving}"

    @property
    def leaves(self) -> frozenset[int]:
        """The pages that would leave, by pk."""
        return frozenset(map(int, self.leaving.split()))
