"""One piece published by one provider, as one drop gives it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from articles.drops import drop
from articles.rules.text.slug import slug

from .page import amp_indexes

# What nobody decided about and readers do not get; a drop that publishes it is dated
# ahead, and waits for its day instead.
UNDECIDED = Q(decided=None, published=False)
DATED_AHEAD = UNDECIDED & Q(drop_published=True, drop_removed=False)
FOR_AN_EDITOR = UNDECIDED & ~Q(drop_published=True, drop_removed=False)


class ArticleQuerySet(models.QuerySet["Article"]):
    """Chainable questions about articles."""

    def listed(self) -> ArticleQuerySet:
        """Articles with their own entry in lists; of twins, the one readers see."""
        return self.filter(shown_on__is_listed=True)

    def waiting(self) -> ArticleQuerySet:
        """Articles that wait for their day, and nobody decided about."""
        return self.filter(DATED_AHEAD)

    def read_by_other_rules(self) -> ArticleQuerySet:
        """Articles whose drops were read by other rules than those of today."""
        return self.exclude(reading_version=drop.READING_VERSION)


class Article(models.Model):
    """What the current version of one drop says, and whether readers get it."""

    source_name = models.CharField(max_length=1000, unique=True)
    public_id = models.CharField(max_length=16, unique=True)
    page = models.ForeignKey(
        "articles.Page", on_delete=models.PROTECT, related_name="twins"
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
        "articles.Provider", on_delete=models.PROTECT, related_name="articles"
    )
    provider_name = models.CharField(max_length=200)
    topics = models.ManyToManyField(
        "articles.Topic", through="articles.ArticleTopic", related_name="articles"
    )
    related_links = models.ManyToManyField(
        "articles.RelatedLink", through="articles.Mention", related_name="articles"
    )

    title = models.TextField()
    excerpt = models.TextField(blank=True)
    category = models.CharField(max_length=100, blank=True)
    type = models.CharField(max_length=40, blank=True)
    published_at = models.DateTimeField()
    url = models.CharField(
        max_length=2000, help_text="the link shown: the drop's, less tracking"
    )
    web_url = models.TextField(blank=True)
    original_url = models.TextField(blank=True)
    amp_url = models.TextField(blank=True)
    cdn_amp_url = models.TextField(blank=True)
    featured_content = models.TextField(blank=True, help_text="never rendered")
    quality = models.BigIntegerField(null=True)
    heat = models.BigIntegerField(null=True)
    drop_topics = models.JSONField(
        null=True,
        help_text="the drop's, as names, where an editor set others; else its labels",
    )

    published = models.BooleanField(
        default=False, help_text="what readers get: an editor's decision, else the drop"
    )
    decided = models.BooleanField(
        null=True, help_text="what an editor decided; empty: nothing"
    )
    drop_published = models.BooleanField(default=False)
    drop_removed = models.BooleanField(default=False)
    imported_at = models.DateTimeField(help_text="when this version came in")
    reading_version = models.PositiveSmallIntegerField(
        default=1, db_index=True, help_text="version of the rules that read the drop"
    )

    objects = ArticleQuerySet.as_manager()

    class Meta:
        indexes = [
            *amp_indexes("article"),
            models.Index(fields=["-published_at", "-id"], name="article_newest"),
            models.Index(
                fields=["provider", "-published_at"], name="article_of_provider"
            ),
            models.Index(
                fields=["published_at"],
                condition=models.Q(
                    decided=None,
                    published=False,
                    drop_published=True,
                    drop_removed=False,
                ),
                name="article_waiting",
            ),
            # What the desk's list is narrowed to.
            models.Index(
                fields=["-published_at", "-id"],
                condition=models.Q(decided=None, published=False),
                name="article_undecided",
            ),
            models.Index(
                fields=["published", "-published_at", "-id"], name="article_read"
            ),
            models.Index(
                fields=["decided", "-published_at", "-id"],
                condition=models.Q(decided__isnull=False),
                name="article_decided",
            ),
        ]
        permissions = [
            ("can_publish", "Can publish and withdraw articles"),
            ("can_forget", "Can forget a source"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def slug(self) -> str:
        return slug(self.title, fallback="article")
