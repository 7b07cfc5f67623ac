"""What drops say of their articles and of the pages they list, as fields of rows.

A field that articles get from their drops is named here and nowhere else in this
package: storing, reading again and the differences of a dry run follow.
"""

from __future__ import annotations

from typing import Any

from articles.drops.drop import Drop, RelatedEntry
from articles.rules.canonical_url import InvalidUrl, canonical_url, shown_url
from articles.rules.text.clean import clean_text


def article_fields(drop: Drop) -> dict[str, Any]:
    """What a drop says of its article, in the order in which a dry run tells it."""
    return {
        **_shared_fields(drop),
        "url": shown_url(drop.web_url or drop.original_url),
        "original_url": drop.original_url,
        "category": drop.category,
        "type": drop.type,
        "quality": drop.quality,
        "heat": drop.heat,
        "drop_published": drop.published,
        "drop_removed": drop.removed,
        "featured_content": drop.featured_content,
    }


def wording_fields(entry: RelatedEntry) -> dict[str, Any]:
    """What an entry of a related list says of its page."""
    return {
        **_shared_fields(entry),
        "url": shown_url(entry.web_url),
        "type": entry.type,
        "quality": entry.quality,
    }


def _shared_fields(said: Drop | RelatedEntry) -> dict[str, Any]:
    return {
        "canonical_url": said.canonical_url,
        "provider_name": said.provider.name,
        "title": clean_text(said.title),
        "excerpt": clean_text(said.excerpt),
        "published_at": said.published_at,
        "web_url": said.web_url,
        "amp_url": said.amp_url,
        "amp_key": _amp_key(said.amp_url, said.canonical_url),
        "cdn_amp_url": said.cdn_amp_url,
        "cdn_amp_key": _amp_key(said.cdn_amp_url, said.canonical_url),
    }


def _amp_key(amp_url: str, canonical: str) -> str:
    """The canonical AMP address, "" where there is none besides the page's own."""
    try:
        key = canonical_url(amp_url) if amp_url else ""
    except InvalidUrl:
        return ""
    return "" if key == canonical else key


def differing(row: Any, fields: dict[str, Any]) -> bool:
    """Whether a row says something else than these fields."""
    return any(getattr(row, name) != value for name, value in fields.items())


def set_fields(row: Any, fields: dict[str, Any]) -> None:
    """Let a row say what these fields do; saving it is the caller's."""
    for name, value in fields.items():
        setattr(row, name, value)
