"""Articles as rows: what drops say compared with what is held, and written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from articles.drops import drop as drop_rules
from articles.models import Article, Page
from articles.models.bulk import among, create_rows, save_fields
from articles.rules.public_id import article_id
from articles.settle.readers import lead_on, release_ids

from .fields import article_fields, differing, set_fields
from .names import Names
from .pictures import held_pictures, remove_pictures, store_pictures


@dataclass(slots=True)
class Compared:
    """The articles of a batch by what is to be written of them."""

    new: list[Article] = field(default_factory=list)
    changed: list[Article] = field(default_factory=list)
    # Read by other rules than before, which say the same of them.
    alike: list[Article] = field(default_factory=list)
    left: dict[int, int] = field(default_factory=dict)  # page -> the one moved to
    providers_left: set[int] = field(default_factory=set)
    amp_changed: set[int] = field(default_factory=set)  # pages
    fields: tuple[str, ...] = ()

    @property
    def rewritten(self) -> set[int]:
        """Primary keys of those whose own fields are new or changed."""
        return {article.pk for article in (*self.new, *self.changed)}

    @property
    def pages(self) -> set[int]:
        """The pages of the same, left ones included."""
        at = {article.page_id for article in (*self.new, *self.changed)}
        return at | self.left.keys()

    @property
    def told(self) -> set[int]:
        """The pages of which readers are told something before they are derived."""
        new = {article.page_id for article in self.new}
        return new | self.amp_changed | self.left.keys() | set(self.left.values())


def compare(
    drops: Mapping[str, drop_rules.Drop],
    known: Mapping[str, Article],
    *,
    names: Names,
    now: datetime | None,
) -> Compared:
    """Let articles say what their drops do; `write` stores them.

    Without `now` they stay those that came in when they did.
    """
    found = Compared()
    pictures = held_pictures(known.values())
    for source_name, drop in drops.items():
        wanted = {
            "page_id": names.page(drop.canonical_url),
            "provider_id": names.provider(drop.provider.domain),
            **article_fields(drop),
        }
        found.fields = tuple(wanted)
        article = known.get(source_name)
        if article is None:
            found.new.append(_new_article(source_name, wanted, now=now))
        elif differing(article, wanted) or pictures[article.pk] != drop.images:
            _change(article, wanted, found, now=now)
        elif article.reading_version != drop_rules.READING_VERSION:
            article.reading_version = drop_rules.READING_VERSION
            found.alike.append(article)
    return found


def write(found: Compared, drops: Mapping[str, drop_rules.Drop]) -> None:
    """Store these articles with their pictures."""
    create_rows(found.new)
    release_ids([article.public_id for article in found.new])
    save_fields(found.changed, [*found.fields, "imported_at", "reading_version"])
    save_fields(found.alike, ["reading_version"])
    # A speaker that has left is silent at once: two pages never share one.
    Page.objects.filter(
        pk__in=among(found.left),
        article__in=among(article.pk for article in found.changed),
    ).update(article=None)
    remove_pictures(found.changed)
    store_pictures(
        (article, drops[article.source_name].images)
        for article in (*found.new, *found.changed)
    )
    _lead_on(found.left)


def _new_article(
    source_name: str, wanted: dict[str, Any], *, now: datetime | None
) -> Article:
    assert now is not None, f"{source_name} is new: it comes in now"
    return Article(
        source_name=source_name,
        public_id=article_id(source_name),
        imported_at=now,
        reading_version=drop_rules.READING_VERSION,
        **wanted,
    )


def _change(
    article: Article, wanted: dict[str, Any], found: Compared, *, now: datetime | None
) -> None:
    if article.page_id != wanted["page_id"]:
        found.left[article.page_id] = wanted["page_id"]
    if article.provider_id != wanted["provider_id"]:
        found.providers_left.add(article.provider_id)
    if article.amp_url != wanted["amp_url"]:
        found.amp_changed.add(article.page_id)
    set_fields(article, wanted)
    article.imported_at = now or article.imported_at
    article.reading_version = drop_rules.READING_VERSION
    found.changed.append(article)


def _lead_on(left: dict[int, int]) -> None:
    """Let the ids of pages that articles have left lead on, if nothing keeps them."""
    for page, key in Page.objects.filter(pk__in=among(left)).values_list(
        "pk", "key_id"
    ):
        lead_on(key, left[page])
