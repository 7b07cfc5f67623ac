"""Print which story each known page is in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from articles.management.site_command import SiteCommand
from articles.models import Article, Page, RelatedLink


class Command(SiteCommand):
    help = (
        "Print a JSON line {url, story} for every spelling of every article's URL "
        "that a drop uses, linked and hidden articles included."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        printed: set[str] = set()
        for url, story in _spellings():
            if url and url not in printed:
                printed.add(url)
                self.stdout.write(
                    json.dumps({"url": url, "story": story}, ensure_ascii=False)
                )


def _spellings() -> Iterator[tuple[str, str]]:
    for rows in (
        Article.objects.values_list("web_url", "page__story__public_id"),
        Article.objects.values_list("original_url", "page__story__public_id"),
        RelatedLink.objects.values_list("web_url", "page__story__public_id"),
        Page.objects.values_list("canonical_url", "story__public_id"),
    ):
        yield from rows.order_by("pk").iterator()
