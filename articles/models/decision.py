"""What editors laid down: never derived, never touched by an import."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import BigIntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from articles.rules.text.clean import printable

from .article import Article
from .page import Page
from .related_link import RelatedLink


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Chainable questions about decisions."""

    def standing(self) -> DecisionQuerySet:
        """Those that nobody took back."""
        return self.filter(undone_at=None)

    def waiting(self) -> DecisionQuerySet:
        """Plans whose time has not come, or that were not carried out yet."""
        return self.filter(due_at__isnull=False, undone_at=None)

    def naming(self, pages: Sequence[int]) -> DecisionQuerySet:
        """Those that name one of these pages, which may be another's today.

        They are found by their names, so it costs nothing how many others there are.
        `with_pages` says which page each is about.
        """
        articles = Article.objects.filter(page__in=pages)
        wordings = RelatedLink.objects.filter(page__in=pages)
        sources = articles.values("source_name")
        urls = (
            Page.objects.filter(pk__in=pages).values("canonical_url"),
            wordings.values("canonical_url"),
            articles.values("canonical_url"),
        )
        named = Q(source_name__in=sources) | Q(other_source__in=sources)
        for known in urls:
            named |= Q(canonical_url__in=known) | Q(other_url__in=known)
        return self.filter(named)

    def with_pages(self) -> models.QuerySet[Any]:
        """Each with `page` and `other_page`: pks of the pages it is about today.

        A page is named as people saw it: by source where a drop had it, which is
        followed through changes of URL, else by canonical URL. None: it is unknown.
        """
        return self.annotate(
            page=_page_today("source_name", "canonical_url"),
            other_page=_page_today("other_source", "other_url"),
        )


def _page_today(source: str, url: str) -> Coalesce:
    """The page that two fields of a decision name.

    The page of the URL itself comes before one that claims it as an AMP address:
    until a claim is settled, that is the page which readers and editors see.
    """
    by_source = Article.objects.filter(source_name=OuterRef(source))
    same = {"canonical_url": OuterRef(url)}
    return Coalesce(
        Subquery(by_source.values("page")[:1]),
        Subquery(Page.objects.filter(**same).values("pk")[:1]),
        Subquery(RelatedLink.objects.filter(**same).order_by("pk").values("page")[:1]),
        Subquery(Article.objects.filter(**same).order_by("pk").values("page")[:1]),
        output_field=BigIntegerField(),
    )


class Decision(models.Model):
    """One act of an editor or operator about one source, page or version.

    A decision to publish or withdraw that has a source name follows the source
    wherever its URL goes; one without holds for the page. Decisions about versions
    name their digest. Of those about one thing the latest counts: the last that was
    laid down, by pk, since a clock can be set back.
    """

    class Kind(models.TextChoices):
        PUBLISH = "publish", "publish"
        WITHDRAW = "withdraw", "withdraw"
        MERGE = "merge", "in one story with"
        SPLIT = "split", "not in one story with"
        LEAD = "lead", "lead of its story"
        TITLE = "title", "title of its story"
        PIN = "pin", "pin its story"
        UNPIN = "unpin", "unpin its story"
        ADDRESS = "address", "address of its story"
        DISMISS = "dismiss", "dismiss a suggestion"
        HEADLINE = "headline", "title of the article"
        EXCERPT = "excerpt", "excerpt of the article"
        PICTURE = "picture", "picture of the article"
        TOPICS = "topics", "topics of the article"
        NOTE = "note", "note about its story"
        PUBLISH_AT = "publish_at", "publish at a time"
        SET_ASIDE = "set_aside", "set aside a version"
        REINSTATE = "reinstate", "reinstate a version"
        FORGET = "forget", "forget a version"

    kind = models.CharField(max_length=20, choices=Kind.choices)
    source_name = models.CharField(max_length=1000, blank=True, db_index=True)
    canonical_url = models.CharField(max_length=2000, blank=True, db_index=True)
    # The second page of a merge or split, named like the first.
    other_source = models.CharField(max_length=1000, blank=True, db_index=True)
    other_url = models.CharField(max_length=2000, blank=True, db_index=True)
    value = models.TextField(
        blank=True,
        help_text="a title; a story's public id; a suggestion's key; when a pin ends "
        "or an article is published; an editor's words, picture or topics in JSON",
    )
    # One act of an editor may take several decisions: they are undone together.
    act = models.CharField(max_length=32, blank=True, db_index=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=150, blank=True)
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
    place = models.CharField(
        max_length=40, blank=True, help_text="where it was made: a page of the desk"
    )
    address = models.CharField(
        max_length=45, blank=True, help_text="the network address it came from"
    )
    due_at = models.DateTimeField(
        null=True, help_text="when it is to be carried out; empty once it was"
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["-at", "-id"], name="decision_newest"),
            models.Index(fields=["kind"], name="decision_kind"),
            models.Index(
                fields=["value"], condition=Q(kind="address"), name="decision_address"
            ),
            models.Index(
                fields=["due_at"],
                condition=Q(due_at__isnull=False),
                name="decision_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {printable(self.source_name) or self.canonical_url}"
