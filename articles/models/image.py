"""Pictures that drops point to; they stay where their publishers keep them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Image(models.Model):
    """A remote picture of an article or of a related link, as the drop gives it."""

    article = models.ForeignKey(
        "articles.Article", null=True, on_delete=models.CASCADE, related_name="images"
    )
    related_link = models.ForeignKey(
        "articles.RelatedLink",
        null=True,
        on_delete=models.CASCADE,
        related_name="images",
    )
    position = models.PositiveSmallIntegerField(default=0)
    url = models.CharField(max_length=2000)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    title = models.TextField(blank=True)
    is_cached = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(article=None) ^ Q(related_link=None),
                name="image_has_one_owner",
            )
        ]

    def __str__(self) -> str:
        return self.url
