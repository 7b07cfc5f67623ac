"""What articles are about."""

from __future__ import annotations

from django.db import models


class Topic(models.Model):
    """An editorial label; spellings that fold alike are one topic."""

    key = models.CharField(max_length=200, unique=True, help_text="case-folded name")
    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=120, unique=True, allow_unicode=True)
    # Kept by settling, see `counts`.
    story_count = models.IntegerField(default=0, help_text="listed stories under it")
    newest_at = models.DateTimeField(null=True, help_text="newest coverage of these")

    def __str__(self) -> str:
        return self.name


class ArticleTopic(models.Model):
    """An article under a topic, in the spelling and at the place its drop gives."""

    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="labels"
    )
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="labels")
    name = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    published_at = models.DateTimeField(
        null=True, help_text="the article's, by which the newest of a topic is found"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["article", "topic"], name="article_topic_once"
            )
        ]
        indexes = [
            models.Index(fields=["topic", "-published_at"], name="article_topic_newest")
        ]

    def __str__(self) -> str:
        return self.name
