"""From the tree of a drop to a Drop, or to the reasons why it cannot be one."""

from __future__ import annotations

from collections.abc import Sequence as Many
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from articles.rules.canonical_url import canonical_url
from articles.rules.text.clean import clean_text
from articles.rules.text.slug import topic_key

from .drop import (
    DROP_KEYS,
    ENTRY_KEYS,
    MAX_EXCERPT,
    MAX_MARKUP,
    MAX_TITLE,
    MAX_TOPIC,
    MAX_TOPICS,
    MOST_RELATED,
    Drop,
    ImageRef,
    ProviderRef,
    RelatedEntry,
)
from .fields import Fields, images_of, provider_of
from .problems import SECRET, Notes
from .values import Mapping, Node, Scalar, is_null


class _Facts(TypedDict):
    """The fields of `PageFacts` but its images, which are read after the quality.

    What every page needs is "" where a fault was noted.
    """

    title: str
    excerpt: str
    canonical_url: str
    amp_url: str
    cdn_amp_url: str
    type: str
    provider: ProviderRef


class _Rest(TypedDict):
    """What only a drop has."""

    category: str
    heat: int
    published: bool
    removed: bool
    topics: tuple[str, ...]
    featured_content: str


@dataclass(frozen=True, slots=True)
class _Page:
    """What is read alike of a drop and of an entry, but kept differently."""

    facts: _Facts
    published_at: datetime | None
    web_url: str
    original_url: str
    quality: int | None
    images: tuple[ImageRef, ...]

    @property
    def is_usable(self) -> bool:
        facts = self.facts
        return bool(
            facts["title"] and facts["canonical_url"] and facts["provider"].domain
        )


def validated(
    root: Node | None,
    notes: Notes,
    related: Many[RelatedEntry] | None = None,
    *,
    until: datetime | None = None,
) -> Drop | None:
    """Return the drop that a tree holds, or None after noting at least one error.

    `related` stands in for the list in the tree where the caller has read it already.
    A date later than `until` is noted: it may be a slip.
    """
    if not isinstance(root, Mapping):
        at, fault = (None, "is empty") if root is None else (root.start, "is no map")
        notes.error(at, "", f"the front matter {fault}: it must be lines `key: value`")
        return None
    fields = Fields(root, notes, "error")
    page = _page(fields)
    if fields.node("publishedDateTime") is None:
        fields.fault("publishedDateTime", "is missing: such as 2024-04-09T06:07:00Z")
    elif until and page.published_at and page.published_at > until:
        fields.warn("publishedDateTime", "lies far ahead: is the year right?")
    drop = _drop(fields, page, _related(fields) if related is None else related)
    return None if notes.failed else drop


def _drop(fields: Fields, page: _Page, related: Many[RelatedEntry]) -> Drop | None:
    # All fields are read before any is found wanting: a report names every fault.
    heat = fields.number("heat")
    rest = _Rest(
        category=fields.word("category", "news"),
        heat=-1 if heat is None else heat,
        published=fields.truth("published"),
        removed=fields.truth("removed"),
        topics=_topics(fields),
        featured_content=fields.text("featuredContent", MAX_MARKUP),
    )
    if not isinstance(fields.node(SECRET), Scalar | None):
        fields.warn(SECRET, "must be text, not a list or a map: it is kept as it is")
    fields.warn_of_unknown(DROP_KEYS)
    if not (page.is_usable and page.published_at):
        return None
    return Drop(
        published_at=page.published_at,
        web_url=page.web_url,
        original_url=page.original_url,
        quality=page.quality or 0,
        images=page.images,
        related=tuple(related),
        **page.facts,
        **rest,
    )


def validated_entry(node: Node, notes: Notes) -> RelatedEntry | None:
    """Return one entry of a related list, or None after noting why it is left out."""
    if not isinstance(node, Mapping):
        notes.warn(node.start, "", "must be a map with title and webUrl; left out")
        return None
    fields = Fields(node, notes, "warning")
    page = _page(fields)
    fields.warn_of_unknown(ENTRY_KEYS)
    if not page.is_usable:
        notes.warn(node.start, "", "the entry is left out: it names no usable page")
        return None
    return RelatedEntry(
        published_at=page.published_at,
        web_url=page.web_url or page.original_url,
        quality=page.quality,
        images=page.images,
        **page.facts,
    )


def _page(fields: Fields) -> _Page:
    # Kept in this order: it is the order of problems that stand at one place.
    web_url, original_url, canonical = _addresses(fields)
    title = fields.needed_text("title", MAX_TITLE)
    excerpt = fields.text("excerpt", MAX_EXCERPT)
    published_at = fields.moment("publishedDateTime")
    facts = _Facts(
        title=title,
        excerpt=excerpt,
        canonical_url=canonical,
        amp_url=fields.url("ampWebUrl"),
        cdn_amp_url=fields.url("cdnAmpWebUrl"),
        type=fields.word("type", "article"),
        provider=provider_of(fields, canonical),
    )
    quality, images = fields.number("quality"), images_of(fields)
    return _Page(facts, published_at, web_url, original_url, quality, images)


def _addresses(fields: Fields) -> tuple[str, str, str]:
    """Return webUrl and originalUrl verbatim, and the page's canonical URL.

    That is "" where a fault was noted. originalUrl stands in for a missing webUrl,
    never for one that is wrong.
    """
    web_url, wrong = fields.checked_url("webUrl")
    if wrong:
        fields.fault("webUrl", wrong)
        return "", fields.url("originalUrl"), ""
    if web_url:
        return web_url, fields.url("originalUrl"), canonical_url(web_url)
    original_url, wrong = fields.checked_url("originalUrl")
    if original_url:
        return "", original_url, canonical_url(original_url)
    if wrong:
        fields.fault("originalUrl", f"{wrong}, and there is no webUrl")
    else:
        fields.fault("webUrl", "is missing, and no originalUrl stands in for it")
    return "", "", ""


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
    if len(items) > MOST_RELATED:
        most = f"a drop has at most {MOST_RELATED:,}"
        fields.fault("related", f"has {len(items):,} entries: {most}")
        return []
    found = []
    for index, item in enumerate(items):
        entry = validated_entry(item, fields.notes.within(f"related[{index}]"))
        if entry is not None:
            found.append(entry)
    return found
