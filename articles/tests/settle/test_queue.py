"""Which stories wait for an editor, and as what."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps

from articles.models import QueuedStory, Story
from articles.publishing import lead, merge, publish, undo, withdraw
from articles.publishing.decisions import decide
from articles.rules.score import Tier
from articles.settle import settle
from articles.settle.queue import queue_again
from articles.tests.make import NOON, NOW, make_article

pytestmark = pytest.mark.django_db
PLACE = ("tier", "weight", "score", "page_count", "provider_count")


@pytest.fixture
def waiting():
    """A story of three publishers that nobody decided about; its best article."""
    worse = make_article(published=False, provider="a.example", quality=10)
    later = make_article(
        published=False, provider="b.example", published_at=NOON + timedelta(hours=2)
    )
    best = make_article(
        published=False,
        provider="c.example",
        quality=120,
        names=[worse, later],
    )
    settle(now=NOW)
    merge(Story.objects.all())
    return best, worse, later


def queued() -> QueuedStory:
    return QueuedStory.objects.get()


def test_a_story_waits_under_its_best_article(waiting):
    best, _, later = waiting
    row = queued()
    assert row.best_id == best.page_id
    assert (row.waiting, row.page_count, row.provider_count) == (3, 3, 3)
    assert row.newest_at == later.published_at


def test_it_is_told_what_it_would_be(waiting):
    foretold = queued()
    publish(waiting[0])
    story = Story.objects.listed().get()
    assert [getattr(foretold, name) for name in PLACE] == [
        getattr(story, name) for name in PLACE
    ]
    assert story.lead_id == foretold.best_id
    assert not QueuedStory.objects.exists()


def test_what_its_best_does_not_name_is_not_counted(waiting):
    withdraw(waiting[0])
    row = queued()
    assert (row.waiting, row.page_count, row.tier) == (2, 1, Tier.ALONE)


def test_an_undone_decision_lets_it_wait_again(waiting):
    before = QueuedStory.objects.values().get()
    act = decide("withdraw", list(waiting)).act
    assert not QueuedStory.objects.exists()
    undo(act)
    assert QueuedStory.objects.values().get() == before


def test_the_lead_that_an_editor_chose_comes_first(waiting):
    lead(waiting[1].page)
    assert queued().best_id == waiting[1].page_id


def test_articles_dated_ahead_wait_for_their_day_and_not_for_editors():
    make_article(published_at=NOW + timedelta(days=3))
    settle(now=NOW)
    assert not QueuedStory.objects.exists()


def test_a_story_that_readers_have_does_not_wait(waiting):
    publish(waiting[1])
    assert not QueuedStory.objects.exists()


def test_what_is_kept_is_what_would_be_found_anew(waiting):
    make_article(published=False)
    settle(now=NOW)
    assert queue_again(mend=False) == 0
    QueuedStory.objects.update(score=0)
    assert queue_again(mend=True) == 2
    assert queue_again(mend=False) == 0


def test_a_site_that_is_brought_up_to_date_has_its_queue(waiting):
    make_article(published=False, quality=None)
    settle(now=NOW)
    before = list(QueuedStory.objects.order_by("pk").values())
    QueuedStory.objects.all().delete()
    import_module("articles.migrations.0029_queue").fill(apps, None)
    assert list(QueuedStory.objects.order_by("pk").values()) == before
