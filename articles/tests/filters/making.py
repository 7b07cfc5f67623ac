"""Stories to narrow."""

from __future__ import annotations

from datetime import timedelta

from articles.settle import settle
from articles.tests.make import NOON, NOW, make_article


def forty_stories() -> None:
    """On AI, one of them on the sea as well."""
    for number in range(40):
        make_article(
            title=f"Ferry {number}",
            topics=["AI", "Sea"] if number == 7 else ["AI"],
            provider="bbc.example" if number % 2 else "post.example",
            published_at=NOON - timedelta(days=number),
            image="https://img.example/1.jpg",
        )
    settle(now=NOW)
