"""From rows to pages as clustering sees them."""

from __future__ import annotations

from datetime import datetime

from articles.clustering import ClusterPage
from articles.models import Page

HOUR = 3600  # seconds
# What clustering looks at, of a page or of an article, in the order of `page_of_row`.
SEEN = ("title", "excerpt", "published_at", "provider__domain")


def page_of_row(
    url: str, title: str, excerpt: str, published_at: datetime, domain: str | None
) -> ClusterPage:
    """A dated page of which these are the canonical URL and what is `SEEN`."""
    return ClusterPage(
        key=url,
        title=title,
        excerpt=excerpt,
        hours=published_at.timestamp() / HOUR,
        provider=domain or "",
    )


def cluster_page(page: Page) -> ClusterPage:
    """A dated page in the words readers see; its provider selected with it."""
    assert page.published_at is not None
    return page_of_row(
        page.canonical_url,
        page.title,
        page.excerpt,
        page.published_at,
        page.provider.domain if page.provider else None,
    )
