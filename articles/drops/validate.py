"""From the tree of a drop to a Drop, or to the reasons why it cannot be one."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence as Many
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypedDict

from articles.rules.canonical_url import canonical_url
from articles.rules.text.clean import clean_text
from articles.rules.text.slug import topic_key

from .drop import Drop, ImageRef, ProviderRef, RelatedEntry
from .fields import Fields
from .limits import (
    MAX_EXCERPT,
    MAX_MARKUP,
    MAX_RELATED,
    MAX_TITLE,
    MAX_TOPIC,
    MAX_TOPICS,
    MAX_WORD,
)
from .nodes import Mapping, Node, Scalar
from .notes import Notes
from .parts import images_of, provider_of
from .scalars import is_null
from .tree import SECRET

_ENTRY_KEYS = frozenset(
    ("title", "excerpt", "publishedDateTime", "webUrl", "originalUrl", "ampWebUrl")
    + ("cdnAmpWebUrl", "type", "provider", "quality", "images")
)
_DROP_KEYS = _ENTRY_KEYS.union(
    ("category", "heat", "published", "removed", "topics", "related")
    + ("featuredContent", SECRET)
)


@dataclass(frozen=True, slots=True)
class _Page:
    """What a drop and a related entry have in common; None: a fault was noted."""

    title: str | None
    excerpt: str
    published_at: datetime | None
    web_url: str
    original_url: str
    canonical_url: str | None
    amp_url: str
    cdn_amp_url: str
    type: str
    provider: ProviderRef | None
    quality: int | None
    images: tuple[ImageRef, ...]


class _Rest(TypedDict):
    """What only a drop has."""

    category: str
    heat: int
    published: bool
    removed: bool
    topics: tuple[str, ...]
    featured_content: str
    unknown: tuple[str, ...]


def validated(
    root: Node | None, notes: Notes, related: Many[RelatedEntry] | None = None
) -> Drop | None:
    """Return the drop that a tree holds, or None after noting at least one error.

    `related` stands in for the list in the tree where the caller has read it already.
    """
    if not isinstance(root, Mapping):
        at, fault = (None, "is empty") if root is None else (root.start, "is no map")
        notes.error(at, "", f"the front matter {fault}: it must be lines `key: value`")
        return None
    fields = Fields(root, notes, "error")
    page = _page(fields)
    if fields.node("publishedDateTime") is None:
        fields.fault("publishedDateTime", "is missing: such as 2024-04-09T06:07:00Z")
    drop = _drop(fields, page, _related(fields) if related is None else related)
    return None if notes.failed else drop


def _drop(fields: Fields, page: _Page, related: Many[RelatedEntry]) -> Drop | None:
    # All fields are read before any is found wanting: a report names every fault.
    heat = fields.number("heat")
    rest = _Rest(
        category=_word(fields, "category", "news"),
        heat=-1 if heat is None else heat,
        published=fields.truth("published"),
        removed=fields.truth("removed"),
        topics=_topics(fields),
        featured_content=fields.text("featuredContent", MAX_MARKUP),
        unknown=fields.unknown(_DROP_KEYS),
    )
    if not (page.title and page.published_at and page.canonical_url and page.provider):
        return None
    return Drop(
        title=page.title,
        excerpt=page.excerpt,
        published_at=page.published_at,
        web_url=page.web_url,
        original_url=page.original_url,
        amp_url=page.amp_url,
        cdn_amp_url=page.cdn_amp_url,
        canonical_url=page.canonical_url,
        type=page.type,
        quality=page.quality or 0,
        provider=page.provider,
        images=page.images,
        related=tuple(related),
        **rest,
    )


def validated_entry(node: Node, notes: Notes) -> RelatedEntry | None:
    """Return one entry of a related list, or None after noting why it is left out."""
    if not isinstance(node, Mapping):
        notes.warn(node.start, "", "must be a map with title and webUrl; left out")
        return None
    fields = Fields(node, notes, "warning")
    page = _page(fields)
    fields.unknown(_ENTRY_KEYS)
    if not (page.title and page.canonical_url and page.provider):
        notes.warn(node.start, "", "the entry is left out: it names no usable page")
        return None
    entry = RelatedEntry(
        title=page.title,
        excerpt=page.excerpt,
        published_at=page.published_at,
        web_url=page.web_url or page.original_url,
        canonical_url=page.canonical_url,
        amp_url=page.amp_url,
        cdn_amp_url=page.cdn_amp_url,
        type=page.type,
        provider=page.provider,
        quality=page.quality,
        images=page.images,
        digest=b"",
    )
    content = repr(entry).encode("utf-8", "backslashreplace")
    return replace(entry, digest=hashlib.blake2b(content, digest_size=16).digest())


def _page(fields: Fields) -> _Page:
    web_url, original_url, canonical = _addresses(fields)
    return _Page(
        title=fields.needed_text("title", MAX_TITLE),
        excerpt=fields.text("excerpt", MAX_EXCERPT),
        published_at=fields.moment("publishedDateTime"),
        web_url=web_url,
        original_url=original_url,
        canonical_url=canonical,
        amp_url=fields.url("ampWebUrl"),
        cdn_amp_url=fields.url("cdnAmpWebUrl"),
        type=_word(fields, "type", "article"),
        provider=provider_of(fields, canonical),
        quality=fields.number("quality"),
        images=images_of(fields),
    )


def _addresses(fields: Fields) -> tuple[str, str, str | None]:
    """Return webUrl and originalUrl verbatim, and the canonical URL of the page.

    originalUrl stands in for a missing webUrl, never for one that is wrong.
    """
    web_url, wrong = fields.checked_url("webUrl")
    if wrong:
        fields.fault("webUrl", wrong)
        return "", fields.url("originalUrl"), None
    if web_url:
        return web_url, fields.url("originalUrl"), canonical_url(web_url)
    original_url, wrong = fields.checked_url("originalUrl")
    if original_url:
        return "", original_url, canonical_url(original_url)
    if wrong:
        fields.fault("originalUrl", f"{wrong}, and there is no webUrl")
    else:
        fields.fault("webUrl", "is missing, and no originalUrl stands in for it")
    return "", "", None


def _word(fields: Fields, name: str, default: str) -> str:
    word = clean_text(fields.text(name, MAX_WORD, default))
    return word or default


def _topics(fields: Fields) -> tuple[str, ...]:
    found: dict[str, str] = {}
    items = fields.items("topics")
    if len(items) > MAX_TOPICS:
        fields.fault("topics", f"more than {MAX_TOPICS}: an article has a few")
    for index, item in enumerate(items[:MAX_TOPICS]):
        text = item.text if isinstance(item, Scalar) and not is_null(item) else ""
        name = clean_text(text)
        if not name or len(name) > MAX_TOPIC:
            message = f"must be text of 1 to {MAX_TOPIC} characters; left out"
            fields.notes.warn(item.start, f"topics[{index}]", message)
        else:
            found.setdefault(topic_key(name), name)
    return tuple(found.values())


def _related(fields: Fields) -> list[RelatedEntry]:
    items = fields.items("related")
    if len(items) > MAX_RELATED:
        fields.fault("related", f"more than {MAX_RELATED:,} entries")
    found = []
    for index, item in enumerate(items[:MAX_RELATED]):
        entry = validated_entry(item, fields.notes.within(f"related[{index}]"))
        if entry is not None:
            found.append(entry)
    return found
