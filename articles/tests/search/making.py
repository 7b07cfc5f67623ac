"""Pages to be found."""

from __future__ import annotations

from datetime import timedelta

from articles.settle import settle
from articles.tests.make import NOON, NOW, make_article


def made(*titles: str, **given) -> None:
    for title in titles:
        make_article(title=title, **given)
    settle(now=NOW)


def many(count: int, **given) -> None:
    for number in range(count):
        make_article(
            title=f"Ferry {number}",
            published_at=NOON - timedelta(hours=number),
            **given,
        )
    settle(now=NOW)
