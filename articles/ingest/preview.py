"""What an import would change, field by field, without writing anything."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from articles.drops.drop import Drop
from articles.ingest.storing.fields import article_fields
from articles.ingest.storing.load import Incoming
from articles.models import Article
from articles.rules.canonical_url import without_user

from .report import Change

# Fields are told by their own names, but for those that drops call otherwise.
CALLED = {
    "published_at": "publishedDateTime",
    "web_url": "webUrl",
    "original_url": "originalUrl",
    "drop_published": "published",
    "drop_removed": "removed",
}
# These follow from others, are told with the publisher, or are not what readers get.
NOT_TOLD = frozenset(
    ("canonical_url", "provider_name", "url", "category", "featured_content")
    + ("amp_url", "amp_key", "cdn_amp_url", "cdn_amp_key")
)


def changes(incoming: Sequence[Incoming]) -> dict[str, Change]:
    """What would change of each source's article; of a new one, everything."""
    held = {
        article.source_name: article
        for article in Article.objects.filter(
            source_name__in=[coming.source_name for coming in incoming]
        )
        .select_related("page", "provider")
        .prefetch_related("labels", "mentions__related_link")
    }
    return {
        coming.source_name: _change(held.get(coming.source_name), coming.drop)
        for coming in incoming
    }


def _change(article: Article | None, drop: Drop) -> Change:
    fields = article_fields(drop)
    after = _named_by_drops(fields) | _lists_said(drop)
    before = (
        _named_by_drops({name: getattr(article, name) for name in fields})
        | _lists_held(article)
        if article
        else dict.fromkeys(after)
    )
    return {
        name: [before[name], value]
        for name, value in after.items()
        if before[name] != value
    }


def _named_by_drops(fields: dict[str, Any]) -> dict[str, Any]:
    """Fields of an article as a dry run tells them."""
    return {
        CALLED.get(name, name): _plain(value)
        for name, value in fields.items()
        if name not in NOT_TOLD
    }


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return without_user(value)
    return value.isoformat() if isinstance(value, datetime) else value


def _lists_held(article: Article) -> dict[str, Any]:
    labels = sorted(article.labels.all(), key=lambda label: label.position)
    named = {mention.related_link.canonical_url for mention in article.mentions.all()}
    return {
        "provider": [article.provider_name, article.provider.domain],
        "topics": [label.name for label in labels],
        "related": sorted(named - {article.canonical_url}),
    }


def _lists_said(drop: Drop) -> dict[str, Any]:
    named = {entry.canonical_url for entry in drop.related}
    return {
        "provider": [drop.provider.name, drop.provider.domain],
        "topics": list(drop.topics),
        "related": sorted(named - {drop.canonical_url}),
    }
