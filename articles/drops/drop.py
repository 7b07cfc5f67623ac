"""What a drop says, once checked: frozen values, one step before the database.

Texts are verbatim unless said otherwise; cleaning them is the caller's
(`articles.rules.text.clean`). Datetimes are aware and in UTC. `secured` is in none.

A new field of a drop has its place, its key and its bound here; `validate` reads it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from .problems import SECRET, Problem

READING_VERSION = 2
"""Version of the rules by which bytes become a `Reading`.

Raise it whenever the same bytes give another Reading: a new field, another cleaning,
another bound. `reread_drops` then brings up to date what held drops say.
"""

# Bounds, each some times what real drops need; of texts in characters.
MOST_RELATED = 400  # what lists cost to cluster grows faster than they do; real: 179
MAX_TOPICS = 50
MAX_IMAGES = 50
MAX_TITLE = 1_000
MAX_EXCERPT = 20_000
MAX_NAME = 200  # of a provider
MAX_TOPIC = 100
MAX_WORD = 40  # category, type
MAX_MARKUP = 65_536  # featuredContent

# The keys of each map that a drop may hold.
IMAGE_KEYS = frozenset(("url", "width", "height", "title", "isCached"))
PROVIDER_KEYS = frozenset(("name", "domain", "images"))
ENTRY_KEYS = frozenset(
    ("title", "excerpt", "publishedDateTime", "webUrl", "originalUrl", "ampWebUrl")
    + ("cdnAmpWebUrl", "type", "provider", "quality", "images")
)
DROP_KEYS = ENTRY_KEYS.union(
    ("category", "heat", "published", "removed", "topics", "related")
    + ("featuredContent", SECRET)
)


@dataclass(frozen=True, slots=True)
class ImageRef:
    """A remote picture; sizes in pixels, None where the drop gives no usable size."""

    url: str
    width: int | None
    height: int | None
    title: str
    is_cached: bool


@dataclass(frozen=True, slots=True)
class ProviderRef:
    """A publisher: cleaned name, folded domain (`provider_domain`)."""

    name: str
    domain: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """What is said alike of an article by its drop, and of a page by a related list."""

    title: str
    excerpt: str
    canonical_url: str
    amp_url: str
    cdn_amp_url: str
    type: str
    provider: ProviderRef
    images: tuple[ImageRef, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedEntry(PageFacts):
    """One entry of a related list: a page and what the list says about it."""

    published_at: datetime | None
    web_url: str
    quality: int | None
    digest: bytes = field(init=False)
    """16 bytes that are equal exactly if all the fields above are."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "digest", _digest(self))


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop(PageFacts):
    """One article and its related list.

    `web_url` is "" if only `original_url` was given, which then stands in for it in
    `canonical_url`. `topics` are cleaned, each once.
    """

    category: str
    published_at: datetime
    web_url: str
    original_url: str
    quality: int
    heat: int
    published: bool
    removed: bool
    topics: tuple[str, ...]
    related: tuple[RelatedEntry, ...]
    featured_content: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds: `drop` is None exactly if one of the problems is an error.

    Problems are sorted by place and cut at some twenty. None of them repeats `secured`.
    """

    drop: Drop | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class ReadEntry:
    """What one piece of a list holds.

    Lines of the problems count from the piece's own first line, and their fields are
    named from within the entry; `size` is the number of keys and values. `regular` is
    false if the piece can only be read with the file around it; the rest is then empty.
    """

    entry: RelatedEntry | None
    problems: tuple[Problem, ...] = ()
    size: int = 0
    regular: bool = True


def _digest(entry: RelatedEntry) -> bytes:
    """Return the identity of a wording, by which databases know it.

    The text below is the form in which digests were first taken, and its names are
    those of that day: if it changes, every wording held is written anew. A new field
    therefore joins it at the end, and only where an entry has the field.
    """
    text = (
        f"RelatedEntry(title={entry.title!r}, excerpt={entry.excerpt!r},"
        f" published_at={entry.published_at!r}, web_url={entry.web_url!r},"
        f" canonical_url={entry.canonical_url!r}, amp_url={entry.amp_url!r},"
        f" cdn_amp_url={entry.cdn_amp_url!r}, type={entry.type!r},"
        f" provider=ProviderRef(name={entry.provider.name!r},"
        f" domain={entry.provider.domain!r}, images=()), quality={entry.quality!r},"
        f" images={_text_of_images(entry.images)}, digest=b'')"
    )
    content = text.encode("utf-8", "backslashreplace")
    return hashlib.blake2b(content, digest_size=16).digest()


def _text_of_images(images: Iterable[ImageRef]) -> str:
    texts = [
        f"ImageRef(url={image.url!r}, width={image.width!r}, height={image.height!r},"
        f" title={image.title!r}, is_cached={image.is_cached!r})"
        for image in images
    ]
    return f"({texts[0]},)" if len(texts) == 1 else f"({', '.join(texts)})"
