"""Topics and publishers that an address names, as far as readers may know of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, Value

from articles.models import Page, Provider, StoryTopic, Topic


@dataclass(frozen=True, slots=True)
class KnownName:
    """A topic by its slug, or a publisher by its domain, with the name readers see."""

    pk: int
    value: str
    name: str
    stories: int = 0  # of a topic, as many as are listed


def known_names(
    asked: Mapping[str, Collection[str]],
) -> Mapping[str, Mapping[str, KnownName]]:
    """Of slugs and domains those that visible pages bear, with one query for both.

    Asked for and found under "topic" and "provider"; found by slug or domain.
    """
    found: dict[str, dict[str, KnownName]] = {"topic": {}, "provider": {}}
    topics, providers = asked.get("topic", ()), asked.get("provider", ())
    if not topics and not providers:
        return found
    pages = Page.objects.visible()
    labelled = Exists(StoryTopic.objects.filter(topic=OuterRef("pk")))
    borne = Exists(pages.filter(article__topics=OuterRef("pk")))
    rows = (
        Topic.objects.filter(Q(labelled) | Q(borne), slug__in=topics)
        .values_list(Value("topic"), "pk", "slug", "name", "story_count")
        .union(
            Provider.objects.filter(
                Exists(pages.filter(provider=OuterRef("pk"))), domain__in=providers
            ).values_list(Value("provider"), "pk", "domain", "name", Value(0)),
            all=True,
        )
    )
    for kind, pk, value, name, stories in rows:
        found[kind][value] = KnownName(pk, value, name or value, stories)
    return found
