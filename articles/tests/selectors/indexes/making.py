"""A site of shared and single stories, made by the dozen and always the same."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from articles.models import Article, Page
from articles.settle import settle
from articles.tests.make import NOON, NOW, make_article, refresh_stories

TOPICS = ("Shipping", "Weather", "Ports")


def many_stories(count: int, *, days: int = 200, seed: int = 7) -> list[Article]:
    """So many stories of one to five pages each, spread over so many days before noon.

    Publishers are few, so that they meet; times repeat, so that several are first.
    """
    chance = random.Random(seed)
    groups = [
        [_told(chance, begun, number, place) for place in range(chance.randint(1, 5))]
        for number in range(count)
        for begun in [NOON - timedelta(hours=chance.randrange(days * 24))]
    ]
    as_stories(*groups)
    return [article for group in groups for article in group]


def as_stories(*groups: Sequence[Article]) -> None:
    """Let each group be a story, whatever clustering makes of them."""
    settle(now=NOW)
    for group in groups:
        story = Page.objects.get(article=group[0]).story
        Page.objects.filter(article__in=group).update(story=story)
    refresh_stories()


def _told(chance: random.Random, begun: datetime, number: int, place: int) -> Article:
    return make_article(
        title=f"Event {number} as told in report {place}",
        provider=f"p{chance.randrange(9)}.example",
        published_at=begun + timedelta(minutes=chance.choice([0, 0, 30, 90, 4000])),
        quality=chance.randrange(30, 90),
        topics=chance.sample(TOPICS, chance.randint(1, 2)),
        published=chance.random() > 0.1,
    )
