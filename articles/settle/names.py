"""What publishers and topics are called: as the newest of their articles has it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import CharField, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from articles.models import (
    Article,
    ArticleTopic,
    Page,
    Provider,
    RelatedLink,
    Topic,
)
from articles.models.bulk import among, chunks, create_rows, save_fields
from articles.models.publication import move_publication
from articles.rules.text.slug import topic_key, topic_slug

from .index import index_publishers
from .rendered import empty_of


def providers_of(pages: Iterable[int]) -> set[int]:
    """The publishers that articles and wordings of these pages name."""
    found: set[int] = set()
    for some in chunks(pages):
        for model in (Article, RelatedLink):
            rows = model._default_manager.filter(page__in=among(some)).order_by()
            found.update(rows.values_list("provider", flat=True).distinct())
    return found


def name_providers(ids: Iterable[int]) -> None:
    """Name publishers as their newest article does, else as lists do.

    Pages are found by the name of their publisher: search learns the new one.
    """
    mine = Q(provider=OuterRef("pk"))
    own = Article.objects.filter(mine).order_by("-published_at", "-source_name")
    listed = RelatedLink.objects.filter(mine).order_by(
        F("published_at").desc(nulls_last=True), "digest"
    )
    for held in chunks(sorted(ids)):
        renamed = _rename(
            Provider.objects.filter(pk__in=among(held)).annotate(
                newest=Coalesce(
                    Subquery(own.values("provider_name")[:1]),
                    Subquery(listed.values("provider_name")[:1]),
                    Value(""),
                    output_field=CharField(),
                )
            )
        )
        pages = Page.objects.visible().filter(provider__in=renamed)
        if renamed and pages.exists():
            move_publication()
        index_publishers(renamed)
        if renamed:
            empty_of(Q(pages__provider__in=renamed, pages__is_visible=True))


def topic_keys(names: Iterable[str]) -> dict[str, int]:
    """The topics of these names, made where there are none: pk by folded name."""
    wanted = {topic_key(name): name for name in sorted(names)}
    found: dict[str, int] = {}
    for some in chunks(wanted):
        rows = Topic.objects.filter(key__in=among(some))
        held = dict(rows.values_list("key", "pk"))
        new = create_rows(
            Topic(key=key, name=wanted[key], slug=topic_slug(wanted[key]))
            for key in some
            if key not in held
        )
        found |= held | {topic.key: topic.pk for topic in new}
    return found


def name_topics(ids: Iterable[int]) -> None:
    """Spell topics as their newest article does."""
    labels = ArticleTopic.objects.filter(topic=OuterRef("pk")).order_by(
        F("published_at").desc(nulls_last=True), "-article__source_name"
    )
    for held in chunks(sorted(ids)):
        renamed = _rename(
            Topic.objects.filter(pk__in=among(held)).annotate(
                newest=Coalesce(
                    Subquery(labels.values("name")[:1]),
                    Value(""),
                    output_field=CharField(),
                )
            )
        )
        shown = Q(labelled__isnull=False) | Q(articles__page__is_visible=True)
        borne = Topic.objects.filter(shown, pk__in=[topic.pk for topic in renamed])
        if renamed and borne.exists():
            move_publication()
        if renamed:
            empty_of(Q(labels__topic__in=renamed))


def _rename(rows: QuerySet[Any]) -> list[Any]:
    """Give rows the name they are annotated with, where it differs and is any.

    Returns those that got another name.
    """
    behind = list(rows.exclude(newest=F("name")).exclude(newest=""))
    for row in behind:
        row.name = row.newest
    save_fields(behind, ["name"])
    return behind
