"""What one canonical URL addresses, as readers meet it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from articles.rules.text.slug import slug


class PageQuerySet(models.QuerySet["Page"]):
    """Chainable questions about pages."""

    def listed(self) -> PageQuerySet:
        """Pages with their own entry in lists, feeds and addresses."""
        return self.filter(is_listed=True)

    def visible(self) -> PageQuerySet:
        """Pages that may be mentioned: listed, or named by a listed one."""
        return self.filter(is_visible=True)

    def with_id(self, public_id: str) -> PageQuerySet:
        """The page that an id leads to: its own, its article's, or a former one."""
        # Each of them asks its index: as alternatives of one question, they read all.
        names = ("public_id", "key_id", "twins__public_id", "aliases__public_id")
        of_name, *others = (
            Page.objects.filter(**{name: public_id}).values("pk") for name in names
        )
        return self.filter(pk__in=of_name.union(*others))

    def stale(self) -> PageQuerySet:
        """Pages whose derived fields are behind the drops and decisions."""
        return self.filter(stale__gt=0)


class Stale(models.IntegerChoices):
    """How much of a page has to be derived again; the larger includes the smaller."""

    NO = 0, "up to date"
    STANDING = 1, "whether readers may see it"
    STORY = 2, "which story it is in, as well"
    CONTENT = 3, "its words, and what they change for other pages, as well"


class Page(models.Model):
    """One page of the web: an article's, or one that related lists name.

    All but the two keys is derived from the drops and the decisions, and
    brought up to date by `articles.settle`.
    """

    canonical_url = models.CharField(max_length=2000, unique=True)
    key_id = models.CharField(
        max_length=16, unique=True, help_text="public id made from the canonical URL"
    )
    # Not unique in the database: while ids pass between pages, two rows may
    # hold one for the length of a transaction.
    public_id = models.CharField(
        max_length=16,
        db_index=True,
        help_text="the id in addresses: the article's where a drop has the page",
    )
    article = models.OneToOneField(
        "articles.Article",
        null=True,
        on_delete=models.SET_NULL,
        related_name="shown_on",
        help_text="the article that speaks for the page; of twins, the one readers see",
    )

    # What readers are told: the article's own words, else a related list's.
    title = models.TextField(blank=True)
    excerpt = models.TextField(blank=True)
    url = models.CharField(max_length=2000, blank=True)
    published_at = models.DateTimeField(null=True)
    type = models.CharField(max_length=40, blank=True)
    quality = models.IntegerField(null=True)
    provider = models.ForeignKey(
        "articles.Provider", null=True, on_delete=models.PROTECT, related_name="pages"
    )
    image_url = models.CharField(max_length=2000, blank=True)
    image_width = models.PositiveIntegerField(null=True)
    image_height = models.PositiveIntegerField(null=True)

    # What the drop or list says, where an editor set other words: clustering reads it.
    drop_title = models.TextField(null=True)  # noqa: DJ001 - "" is a title, too
    drop_excerpt = models.TextField(null=True)  # noqa: DJ001

    is_listed = models.BooleanField(default=False)
    is_visible = models.BooleanField(default=False)
    is_withdrawn = models.BooleanField(default=False)
    story = models.ForeignKey(
        "articles.Story", null=True, on_delete=models.SET_NULL, related_name="pages"
    )
    stale = models.PositiveSmallIntegerField(
        choices=Stale.choices,
        default=Stale.CONTENT,
        help_text="how far the derived fields are behind the drops and decisions",
    )

    objects = PageQuerySet.as_manager()

    class Meta:
        # To editors: they meet those that have a drop as articles.
        verbose_name = "linked article"
        indexes = [
            models.Index(
                fields=["-published_at", "-public_id"],
                condition=models.Q(is_listed=True),
                name="page_listed_newest",
            ),
            models.Index(
                fields=["-published_at", "-public_id"],
                condition=models.Q(is_visible=True),
                name="page_visible_newest",
            ),
            models.Index(
                fields=["provider", "-published_at", "-public_id"],
                condition=models.Q(is_visible=True),
                name="page_visible_of_provider",
            ),
            models.Index(
                fields=["story", "-published_at", "-public_id"],
                condition=models.Q(is_visible=True),
                name="page_visible_of_story",
            ),
            models.Index(
                fields=["quality"],
                condition=models.Q(is_visible=True),
                name="page_visible_quality",
            ),
            models.Index(
                fields=["id"],
                condition=models.Q(stale__gt=0),
                name="page_stale",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.canonical_url

    @property
    def slug(self) -> str:
        return slug(self.title, fallback="page")


def amp_indexes(owner: str) -> list[models.Index]:
    """Indexes by which a URL is found to be the AMP address of a page."""
    return [
        models.Index(fields=[key], condition=~Q(**{key: ""}), name=f"{owner}_{key}")
        for key in ("amp_key", "cdn_amp_key")
    ]


class LinkedPageManager(models.Manager["Page"]):
    def get_queryset(self) -> models.QuerySet[Page]:
        return super().get_queryset().filter(article=None)


class LinkedPage(Page):
    """A page that related lists name and no drop has (yet)."""

    # A proxy may narrow its rows; the stubs think that it takes over all methods.
    objects: ClassVar[models.Manager[Page]] = LinkedPageManager()  # type: ignore[assignment]

    class Meta:
        proxy = True
