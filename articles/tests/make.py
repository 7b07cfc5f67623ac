"""What tests are made of: rows, drops and imports. Name only what the test is about."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from articles.ingest.finding.sources import find_sources, from_bytes
from articles.ingest.report import Report
from articles.ingest.run import Options, run_import
from articles.models import (
    Article,
    ArticleTopic,
    Image,
    Mention,
    Page,
    Provider,
    RelatedLink,
    Story,
    Topic,
)
from articles.rules.canonical_url import canonical_url
from articles.rules.public_id import article_id, page_id
from articles.rules.text.slug import topic_key, topic_slug
from articles.settle.figures import refresh
from articles.settle.rendered import render_some, waiting
from articles.settle.work import Effects, Work

NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)
NOW = datetime(2024, 4, 1, tzinfo=UTC)  # later than anything made here

# Numbers of its own for each process: states that another one made are copied.
_worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
_serial = itertools.count(1 + 100_000 * _worker)


def make_article(
    *,
    published: bool = True,
    topics: Iterable[str] = (),
    image: str = "",
    names: Iterable[Page | Article] = (),
    **given: Any,
) -> Article:
    """Save an article without a drop, listed once `settle` has run.

    `published` is what its drop would say; `provider` is a domain; `names` are the
    pages (or articles) of its related list.
    """
    serial = next(_serial)
    url = given.setdefault("url", f"https://example.com/{serial}")
    provider = make_provider(given.pop("provider", "example.com"))
    source = given.setdefault("source_name", f"drop-{serial}")
    page = make_page(given.pop("canonical_url", url))
    usual = {
        "public_id": article_id(source),
        "page": page,
        "canonical_url": page.canonical_url,
        "provider": provider,
        "provider_name": provider.name,
        "title": f"Article {serial}",
        "type": "article",
        "published_at": NOON,
        "web_url": url,
        "quality": 50,
        "heat": 50,
        "drop_published": published,
        "imported_at": NOW,
    }
    article = Article.objects.create(**usual | given)
    for position, name in enumerate(topics):
        ArticleTopic.objects.create(
            article=article,
            topic=make_topic(name),
            name=name,
            position=position,
            published_at=article.published_at,
        )
    if image:
        Image.objects.create(article=article, url=image)
    for position, named in enumerate(names):
        page = named.page if isinstance(named, Article) else named
        name_page(article, page.canonical_url, position=position)
    return article


def name_page(
    article: Article,
    url: str,
    *,
    position: int = 0,
    provider: str = "elsewhere.example",
    **given: Any,
) -> Page:
    """Let an article's related list name a page, which may have no article."""
    serial = next(_serial)
    page = make_page(url)
    usual = {
        "digest": serial.to_bytes(16, "big"),
        "page": page,
        "canonical_url": page.canonical_url,
        "provider": make_provider(provider),
        "provider_name": provider,
        "title": f"Page {serial}",
        "type": "article",
        "published_at": article.published_at,
        "url": url,
        "web_url": url,
        "quality": 20,
    }
    wording = RelatedLink.objects.create(**usual | given)
    Mention.objects.create(
        article=article, page=page, related_link=wording, position=position
    )
    return page


def refresh_stories() -> int:
    """Let what all stories show follow from their pages; how many rows changed."""
    work = Work(Effects(), pages=set())
    changed = refresh(Story.objects.values_list("pk", flat=True), work)
    work.counts.write()
    render_some(waiting())
    return changed


def make_page(url: str) -> Page:
    """The page of a URL, marked as stale until `settle` has run."""
    key = canonical_url(url)
    return Page.objects.get_or_create(
        canonical_url=key,
        defaults={"key_id": page_id(key), "public_id": page_id(key)},
    )[0]


def make_provider(domain: str) -> Provider:
    return Provider.objects.get_or_create(domain=domain, defaults={"name": domain})[0]


def make_topic(name: str) -> Topic:
    return Topic.objects.get_or_create(
        key=topic_key(name), defaults={"name": name, "slug": topic_slug(name)}
    )[0]


def make_drop(**given: Any) -> bytes:
    """The bytes of a drop that its upstream published; None leaves a key out."""
    serial = next(_serial)
    usual = {
        "category": "news",
        "title": f"Drop {serial}",
        "excerpt": f"What happened in drop {serial}.",
        "publishedDateTime": "2024-03-01T12:00:00Z",
        "webUrl": f"https://example.com/drop/{serial}",
        "type": "article",
        "quality": 50,
        "heat": 50,
        "published": True,
        "provider": {"name": "Example", "domain": "example.com"},
        "topics": ["Shipping"],
        "related": None,
        "secured": "TUVSTUFJRCtTQUlMUw==;c2FsdA==",
    }
    return front_matter(usual | given)


def related_entry(url: str, **given: Any) -> dict[str, Any]:
    """One entry of a drop's related list."""
    usual = {
        "title": f"Entry {next(_serial)}",
        "excerpt": "What a list says of it.",
        "publishedDateTime": "2024-03-01T13:00:00Z",
        "webUrl": url,
        "type": "article",
        "provider": {"name": "Elsewhere", "domain": "elsewhere.example"},
        "quality": 20,
    }
    return {key: value for key, value in (usual | given).items() if value is not None}


def front_matter(mapping: Mapping[str, Any]) -> bytes:
    """A mapping as the text of a drop; None leaves a key out."""
    kept = {key: value for key, value in mapping.items() if value is not None}
    text = yaml.safe_dump(kept, sort_keys=False, allow_unicode=True, width=10_000)
    return f"---\n{text}---\n".encode()


def import_drops(
    drops: Mapping[str, bytes], *, now: datetime = NOW, **options: Any
) -> Report:
    """Import drops by file name, the way the command does; options are `Options`'."""
    sources = [from_bytes(raw, name=name) for name, raw in drops.items()]
    return run_import(sources, Options(**options), now=now)


def import_folder(folder: Path, **options: Any) -> Report:
    """Import a folder, the way the command does; options are `Options`'."""
    return run_import(list(find_sources(folder)), Options(**options), now=NOW)


GOOD = make_drop(title="Good news", webUrl="https://example.com/good")
BAD = make_drop(title=None)
