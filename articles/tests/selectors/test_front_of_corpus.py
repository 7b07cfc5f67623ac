"""The front page with the real corpus."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest

from articles.models import Story
from articles.selectors.cards import ListedCard
from articles.selectors.feed import feed_page
from articles.selectors.front import LED, FrontPage, front_page
from articles.tests.crawl import ask

STORY = re.compile(r'<h[23] class="story-card__headline"[^>]*><a href="/stories/(\w+)/')


pytestmark = pytest.mark.django_db


def told(front: FrontPage) -> Iterator[ListedCard]:
    """The stories in the order of the page; the river stands behind them."""
    yield from [front.lead] if front.lead else []
    yield from front.stories
    for section in front.sections:
        yield from section.cards


def assert_the_news_comes_first(client) -> None:
    latest = Story.objects.listed().order_by("-latest_at")[:1].get().latest_at
    assert latest is not None
    several = Story.objects.listed().filter(provider_count__gte=2)
    began = several.filter(first_at__gte=latest - timedelta(days=7)).count()
    publishers = dict(Story.objects.values_list("public_id", "provider_count"))
    shown = STORY.findall(ask(client, "/").text)
    if began >= 8:
        assert sum(publishers[story] >= 2 for story in shown[:10]) >= 8
    # Wide coverage stands above every single report.
    wide = Story.objects.listed().filter(
        provider_count__gte=5, latest_at__gte=latest - timedelta(days=3)
    )
    for story in wide.values_list("public_id", flat=True):
        assert all(publishers[one] > 1 for one in shown[: shown.index(story)])
    led = Counter(card.glance.lead.provider.domain for card in told(front_page()))
    first = [card.glance.lead.provider.domain for card in told(front_page())][:12]
    assert max(Counter(first).values()) <= LED or len(led) < 4
    assert STORY.findall(ask(client, "/").text) == shown


def overlap(client) -> int:
    first = [set(STORY.findall(ask(client, at).text)[:30]) for at in ("/", "/latest/")]
    return len(first[0] & first[1])


def test_the_corpus_is_told_by_what_several_report(published_corpus, client):
    assert_the_news_comes_first(client)
    assert overlap(client) <= 10


def test_its_top_stories_go_by_tier_and_score(published_corpus):
    cards = feed_page(order="top").stories.cards
    stored = Story.objects.listed().order_by("-tier", "-score", "-public_id")
    assert [card.shape.id for card in cards] == [
        story.public_id for story in stored[: len(cards)]
    ]
