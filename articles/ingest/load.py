"""Drops to rows: the facts only; what follows from them `publishing.settle` derives.

Drops come in batches, since most of what they say they say together: a batch asks
for its pages, pieces and wordings at once and writes what is new. A batch is one
transaction, and none of it is left if any of it fails.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from articles.drops import drop as said
from articles.models import Alias, Article, Image, ImportRun, Page, Stale
from articles.models.bulk import chunks, create_rows, save_fields
from articles.rules.canonical_url import shown_url
from articles.rules.public_id import article_id
from articles.rules.text.clean import clean_text
from articles.settle.names import name_providers

from .drop_store import Arrival, keep
from .lists import store_labels, store_lists
from .names import Names, amp_key


@dataclass(frozen=True, slots=True)
class Incoming:
    """A checked drop and the bytes it was read from."""

    arrival: Arrival
    drop: said.Drop

    @property
    def source_name(self) -> str:
        return self.arrival.source_name


@dataclass(frozen=True, slots=True)
class Loaded:
    """The sources of a batch that were new here, and those that were known."""

    created: tuple[str, ...]
    updated: tuple[str, ...]


def load_batch(
    batch: Sequence[Incoming], *, run: ImportRun | None, names: Names, now: datetime
) -> Loaded:
    """Store a batch, all or none, and mark the pages concerned as stale.

    No source occurs twice in a batch.
    """
    try:
        with transaction.atomic():
            return _load(batch, run=run, names=names, now=now)
    except BaseException:
        # What it learned may have been rolled back.
        names.forget()
        raise


def _load(
    batch: Sequence[Incoming], *, run: ImportRun | None, names: Names, now: datetime
) -> Loaded:
    names.learn([coming.drop for coming in batch])
    known = Article.objects.in_bulk(
        [coming.source_name for coming in batch], field_name="source_name"
    )
    pictures = _pictures(known.values())
    new: list[Article] = []
    changed: list[Article] = []
    left: dict[int, int] = {}  # page -> the page its article is at now
    providers_left: set[int] = set()
    for coming in batch:
        wanted = _fields(coming.drop, names=names)
        article = known.get(coming.source_name)
        if article is None:
            new.append(_new_article(coming.source_name, wanted, now=now))
        elif _differs(article, wanted) or pictures[article.pk] != coming.drop.images:
            if article.page_id != wanted["page_id"]:
                left[article.page_id] = wanted["page_id"]
            if article.provider_id != wanted["provider_id"]:
                providers_left.add(article.provider_id)
            _set(article, wanted)
            article.imported_at = now
            changed.append(article)
    create_rows(new)
    # An id that is in use again leads on to nothing else.
    Alias.objects.filter(public_id__in=[held.public_id for held in new]).delete()
    if changed:
        save_fields(changed, [*_fields(batch[0].drop, names=names), "imported_at"])
    articles = known | {article.source_name: article for article in new}
    # A speaker that has left is silent at once: two pages never share one.
    Page.objects.filter(pk__in=left, article__in=changed).update(article=None)
    pairs = [(articles[coming.source_name], coming.drop) for coming in batch]
    told = {article.pk for article in (*new, *changed)}
    _store_pictures([pair for pair in pairs if pair[0].pk in told], known)
    _lead_on(left)
    stale = left.keys() | {article.page_id for article in (*new, *changed)}
    name_providers(providers_left)
    stale |= store_labels(pairs, names=names, told_anew=told)
    stale |= store_lists(pairs, names=names, told_anew=told)
    mark_stale(stale)
    keep([coming.arrival for coming in batch], run=run)
    return Loaded(
        created=tuple(article.source_name for article in new),
        updated=tuple(known),
    )


def _lead_on(left: dict[int, int]) -> None:
    """Let the ids of pages that articles have left lead on, if nothing keeps them."""
    for page, key in Page.objects.filter(pk__in=left).values_list("pk", "key_id"):
        Alias.objects.update_or_create(public_id=key, defaults={"page_id": left[page]})


def mark_stale(pages: Iterable[int]) -> None:
    """Note that these pages must be derived again, their words and stories too."""
    for held in chunks(sorted(pages)):
        Page.objects.filter(pk__in=held).exclude(stale=Stale.CONTENT).update(
            stale=Stale.CONTENT
        )


def _fields(drop: said.Drop, *, names: Names) -> dict[str, Any]:
    """What the drop says about its article, by the names of the model."""
    return {
        "page_id": names.page(drop.canonical_url),
        "canonical_url": drop.canonical_url,
        "amp_key": amp_key(drop.amp_url, drop.canonical_url),
        "cdn_amp_key": amp_key(drop.cdn_amp_url, drop.canonical_url),
        "provider_id": names.provider(drop.provider.domain),
        "provider_name": drop.provider.name,
        "title": clean_text(drop.title),
        "excerpt": clean_text(drop.excerpt),
        "category": drop.category,
        "type": drop.type,
        "published_at": drop.published_at,
        "url": shown_url(drop.web_url or drop.original_url),
        "web_url": drop.web_url,
        "original_url": drop.original_url,
        "amp_url": drop.amp_url,
        "cdn_amp_url": drop.cdn_amp_url,
        "featured_content": drop.featured_content,
        "quality": drop.quality,
        "heat": drop.heat,
        "drop_published": drop.published,
        "drop_removed": drop.removed,
    }


def _new_article(source_name: str, wanted: dict[str, Any], *, now: datetime) -> Article:
    return Article(
        source_name=source_name,
        public_id=article_id(source_name),
        imported_at=now,
        **wanted,
    )


def _differs(article: Article, wanted: dict[str, Any]) -> bool:
    return any(getattr(article, name) != value for name, value in wanted.items())


def _set(article: Article, wanted: dict[str, Any]) -> None:
    for name, value in wanted.items():
        setattr(article, name, value)


def _pictures(articles: Iterable[Article]) -> dict[int, tuple[said.ImageRef, ...]]:
    found: dict[int, tuple[said.ImageRef, ...]] = {row.pk: () for row in articles}
    images = Image.objects.filter(article__in=list(found)).order_by("position")
    for image in images:
        assert image.article_id is not None
        found[image.article_id] += (
            said.ImageRef(
                image.url, image.width, image.height, image.title, image.is_cached
            ),
        )
    return found


def _store_pictures(
    pairs: Sequence[tuple[Article, said.Drop]], known: dict[str, Article]
) -> None:
    """Replace the pictures of these articles."""
    Image.objects.filter(
        article__in=[held for held, _ in pairs if held.source_name in known]
    ).delete()
    create_rows(
        Image(
            article=article,
            position=position,
            url=image.url,
            width=image.width,
            height=image.height,
            title=image.title,
            is_cached=image.is_cached,
        )
        for article, drop in pairs
        for position, image in enumerate(drop.images)
    )
