"""What an import would change, field by field, without writing anything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from articles.drops.drop import Drop
from articles.models import Article
from articles.rules.text.clean import clean_text

from .load import Incoming
from .report import Change


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
    after = _said(drop)
    before = _held(article) if article else dict.fromkeys(after)
    return {
        name: [before[name], value]
        for name, value in after.items()
        if before[name] != value
    }


def _held(article: Article) -> dict[str, Any]:
    labels = sorted(article.labels.all(), key=lambda label: label.position)
    return {
        "title": article.title,
        "excerpt": article.excerpt,
        "publishedDateTime": article.published_at.isoformat(),
        "webUrl": article.web_url,
        "originalUrl": article.original_url,
        "type": article.type,
        "quality": article.quality,
        "heat": article.heat,
        "published": article.drop_published,
        "removed": article.drop_removed,
        "provider": [article.provider_name, article.provider.domain],
        "topics": [label.name for label in labels],
        "related": sorted(
            {mention.related_link.canonical_url for mention in article.mentions.all()}
            - {article.canonical_url}
        ),
    }


def _said(drop: Drop) -> dict[str, Any]:
    named = {entry.canonical_url for entry in drop.related} - {drop.canonical_url}
    return {
        "title": clean_text(drop.title),
        "excerpt": clean_text(drop.excerpt),
        "publishedDateTime": drop.published_at.isoformat(),
        "webUrl": drop.web_url,
        "originalUrl": drop.original_url,
        "type": drop.type,
        "quality": drop.quality,
        "heat": drop.heat,
        "published": drop.published,
        "removed": drop.removed,
        "provider": [drop.provider.name, drop.provider.domain],
        "topics": list(drop.topics),
        "related": sorted(named),
    }
