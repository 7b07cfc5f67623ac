"""What a drop says, once checked: frozen values, one step before the database.

Texts are verbatim unless said otherwise; cleaning them is the caller's
(`articles.rules.clean_text`). Datetimes are aware and in UTC. `secured` is in none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

# Raise it whenever a change of these rules may give another Drop for the same bytes;
# `reread_drops` then reads what is kept again.
READING_VERSION = 1

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a file, where (from 1; None: the file as a whole), and why."""

    line: int | None
    column: int | None
    field: str
    severity: Severity
    message: str


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
    """A publisher: cleaned name, folded domain (`provider_domain`), logos."""

    name: str
    domain: str
    images: tuple[ImageRef, ...]


@dataclass(frozen=True, slots=True)
class RelatedEntry:
    """One entry of a related list: a page and what the list says about it."""

    title: str
    excerpt: str
    published_at: datetime | None
    web_url: str
    canonical_url: str
    amp_url: str
    cdn_amp_url: str
    type: str
    provider: ProviderRef
    quality: int | None
    images: tuple[ImageRef, ...]
    digest: bytes
    """16 bytes that are equal exactly if all the fields above are."""


@dataclass(frozen=True, slots=True)
class Drop:
    """One article and its related list.

    `web_url` is "" if only `original_url` was given, which then stands in for it in
    `canonical_url`. `topics` are cleaned, each once. `unknown` names the keys that
    are kept in the file and used nowhere.
    """

    category: str
    title: str
    excerpt: str
    published_at: datetime
    web_url: str
    original_url: str
    amp_url: str
    cdn_amp_url: str
    canonical_url: str
    type: str
    quality: int
    heat: int
    published: bool
    removed: bool
    provider: ProviderRef
    topics: tuple[str, ...]
    images: tuple[ImageRef, ...]
    related: tuple[RelatedEntry, ...]
    featured_content: str
    unknown: tuple[str, ...]
