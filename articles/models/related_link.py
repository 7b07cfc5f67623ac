"""What drops say accompanies their articles."""

from __future__ import annotations

from django.db import models

from .page import amp_indexes


class RelatedLink(models.Model):
    """One wording in which lists name a page, stored once however often it occurs."""

    digest = models.BinaryField(max_length=16, unique=True)
    page = models.ForeignKey(
        "articles.Page", on_delete=models.CASCADE, related_name="wordings"
    )
    canonical_url = models.CharField(
        max_length=2000,
        db_index=True,
        help_text="of its own URL; the page may be another's that names it as AMP",
    )
    amp_key = models.CharField(
        max_length=2000, blank=True, help_text="canonical AMP address"
    )
    cdn_amp_key = models.CharField(max_length=2000, blank=True)
    provider = models.ForeignKey(
        "articles.Provider", on_delete=models.PROTECT, related_name="related_links"
    )
    provider_name = models.CharField(max_length=200)
    title = models.TextField()
    excerpt = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True)
    type = models.CharField(max_length=40, blank=True)
    url = models.CharField(max_length=2000)
    web_url = models.TextField()
    amp_url = models.TextField(blank=True)
    cdn_amp_url = models.TextField(blank=True)
    quality = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            *amp_indexes("related_link"),
            models.Index(
                fields=["provider", "-published_at"], name="related_link_of_provider"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Mention(models.Model):
    """An article's related list names a page, in one wording, at its first place."""

    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="mentions"
    )
    page = models.ForeignKey(
        "articles.Page", on_delete=models.CASCADE, related_name="mentions"
    )
    related_link = models.ForeignKey(
        RelatedLink,
        on_delete=models.CASCADE,
        related_name="mentions",
        # Found through the page; an index of its own would cost more than it serves.
        db_index=False,
    )
    position = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["article", "related_link"], name="mention_once_in_a_list"
            )
        ]

    def __str__(self) -> str:
        return f"{self.article_id} names {self.page_id}"
