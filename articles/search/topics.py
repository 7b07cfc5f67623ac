"""Topics by the words of their names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from articles.models import ArticleTopic, Page, StoryTopic, Topic
from articles.models.page import PageQuerySet
from articles.rules.text.slug import topic_key

from .query import Clause

_PIECE = re.compile(r"\w+|[^\w\s]+")


def about(
    pages: PageQuerySet, topics: Collection[Clause], unwanted: Collection[Clause]
) -> PageQuerySet:
    """Those of the pages that are on any of the topics and on none of the unwanted.

    A page has its story's topics, and by itself those of its own article.
    """
    if topics:
        pages = pages.filter(_on(topics))
    return pages.exclude(_on(unwanted)) if unwanted else pages


def unknown_topics(names: Sequence[Clause]) -> list[Clause]:
    """Which of these no topic that readers can see is called."""
    if not names:
        return []
    shown = Page.objects.visible().filter(article__topics=OuterRef("pk"))
    labelled = StoryTopic.objects.filter(topic=OuterRef("pk"))
    seen = Topic.objects.filter(Exists(labelled) | Exists(shown))
    counts = seen.aggregate(
        **{
            f"name{place}": Count("pk", filter=_called(name))
            for place, name in enumerate(names)
        }
    )
    return [name for place, name in enumerate(names) if not counts[f"name{place}"]]


def _on(names: Collection[Clause]) -> Q:
    # Asked page by page: a topic may have a tenth of all stories.
    topics: QuerySet[Topic] = Topic.objects.filter(_any(names))
    labelled = StoryTopic.objects.filter(topic__in=topics, story=OuterRef("story"))
    own = ArticleTopic.objects.filter(topic__in=topics, article=OuterRef("article"))
    return Q(Exists(labelled)) | Q(Exists(own), story__lead__isnull=True)


def _any(names: Iterable[Clause]) -> Q:
    condition = Q(pk__in=())
    for name in names:
        condition |= _called(name)
    return condition


def _called(name: Clause) -> Q:
    key = topic_key(name.said)
    words = r"\s*".join(map(re.escape, _PIECE.findall(key)))
    return Q(slug=key) | Q(key__regex=rf"(^|\W){words}(\W|$)")
