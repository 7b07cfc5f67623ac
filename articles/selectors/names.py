"""Topics and publishers that an address names, as far as readers may know of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, Value

from articles.models import Page, Provider, StoryTopic, Topic


@dataclass(frozen=True, slots=True)
class Named:
    """A topic by its slug, or a publisher by its domain, with the name readers see."""

    pk: int
    value: str
    name: str


def names_of(
    topics: Collection[str], providers: Collection[str]
) -> Mapping[str, Mapping[str, Named]]:
    """Of slugs and domains those that visible pages bear, with one query for both.

    Under "topic" and "provider", each by its slug or domain.
    """
    found: dict[str, dict[str, Named]] = {"topic": {}, "provider": {}}
    if not topics and not providers:
        return found
    pages = Page.objects.visible()
    labelled = Exists(StoryTopic.objects.filter(topic=OuterRef("pk")))
    borne = Exists(pages.filter(article__topics=OuterRef("pk")))
    rows = (
        Topic.objects.filter(Q(labelled) | Q(borne), slug__in=topics)
        .values_list(Value("topic"), "pk", "slug", "name")
        .union(
            Provider.objects.filter(
                Exists(pages.filter(provider=OuterRef("pk"))), domain__in=providers
            ).values_list(Value("provider"), "pk", "domain", "name"),
            all=True,
        )
    )
    for kind, pk, value, name in rows:
        found[kind][value] = Named(pk, value, name or value)
    return found
