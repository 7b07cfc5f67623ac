"""Articles that are published at a time, and pins that end."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from articles.models import Decision, Publication, Story
from articles.models.publication import publication_version
from articles.publishing import (
    NothingToDecide,
    apply_schedule,
    pin,
    plans,
    publish,
    publish_at,
    undo,
    unpin,
    withdraw,
)
from articles.settle import settle
from articles.tests.make import make_article

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def article(db):
    made = make_article(published=False, title="The waiting one")
    settle()
    return made


def later(by: timedelta = HOUR):
    return time_machine.travel(timezone.now() + by + timedelta(minutes=1), tick=False)


def shown(client) -> bool:
    return b"The waiting one" in client.get("/").content


def due() -> int:
    return Publication.objects.get().next_due


def test_the_first_request_after_its_time_gets_it(article, client):
    version = publication_version()
    publish_at([article], timezone.now() + HOUR, why="embargo")
    assert not shown(client) and publication_version() == version
    with later():
        assert shown(client)
        assert publication_version() > version and due() == 0
    made = Decision.objects.get(kind="publish")
    assert (made.why, made.place, made.author) == ("embargo", "schedule", "a script")


def test_an_import_and_the_command_carry_it_out_too(article):
    publish_at([article], timezone.now() + HOUR)
    call_command("apply_schedule")
    assert not Story.objects.listed().exists()
    with later():
        call_command("apply_schedule")
    assert Story.objects.listed().exists()


def test_undo_takes_the_plan_back_and_what_came_of_it(article, client):
    act = publish_at([article], timezone.now() + HOUR)
    undo(act)
    assert due() == 0
    with later():
        assert not shown(client)
    act = publish_at([article], timezone.now() + HOUR)
    with later():
        assert shown(client)
        assert undo(act) == 2
        assert not shown(client)


def test_a_later_plan_takes_the_place_of_the_earlier(article, client):
    publish_at([article], timezone.now() + HOUR)
    publish_at([article], timezone.now() + 3 * HOUR)
    [plan] = plans([article.page_id])
    with later():
        assert not shown(client)
    with later(3 * HOUR):
        assert shown(client)
    assert plan.act == Decision.objects.get(kind="publish").act


def test_who_decided_since_is_not_overruled(article, client):
    publish_at([article], timezone.now() + HOUR)
    withdraw(article)
    with later():
        assert not shown(client)
    plan = Decision.objects.get(kind="publish_at")
    assert plan.undone_by == "the schedule: a script decided since"


def test_a_time_that_has_passed_is_refused(article):
    with pytest.raises(NothingToDecide, match="passed"):
        publish_at([article], timezone.now() - HOUR)
    with pytest.raises(NothingToDecide, match="passed"):
        pin(article.page, until=timezone.now() - HOUR)


def test_a_pin_ends_by_itself(article):
    publish(article)
    act = pin(article.page, until=timezone.now() + HOUR)
    assert Story.objects.get().pinned and due()
    with later():
        call_command("apply_schedule")
        story = Story.objects.get()
        assert not story.pinned and story.pinned_until is None and due() == 0
        call_command("rebuild_stories")
        assert not Story.objects.get().pinned
    undo(act)


def test_a_pin_for_good_follows_one_that_ends(article):
    publish(article)
    pin(article.page, until=timezone.now() + HOUR)
    unpin(article.page)
    pin(article.page)
    assert due() == 0
    with later():
        call_command("apply_schedule")
        assert Story.objects.get().pinned


def test_many_plans_go_some_at_a_time(db):
    articles = [make_article(published=False) for _ in range(45)]
    settle()
    publish_at(articles, timezone.now() + HOUR)
    with later():
        assert apply_schedule() == 45
        assert apply_schedule() == 0
    assert Story.objects.listed().count() == 45


def test_a_plan_that_was_replaced_waits_again_when_the_later_is_taken_back(
    article, client
):
    publish_at([article], timezone.now() + HOUR)
    undo(publish_at([article], timezone.now() + 3 * HOUR))
    assert due() and len(plans([article.page_id])) == 1
    with later():
        assert shown(client) and due() == 0


def test_what_has_been_carried_out_does_not_wait_again(article, client):
    publish_at([article], timezone.now() + HOUR)
    with later():
        assert shown(client)
        undo(publish_at([article], timezone.now() + 3 * HOUR))
        assert not plans([article.page_id]) and due() == 0


def test_a_plan_that_fails_keeps_no_page_from_readers(article, client, monkeypatch):
    publish_at([article], timezone.now() + HOUR)
    asked = []

    def fails():
        asked.append(1)
        raise ValueError("odd")

    monkeypatch.setattr("newsagg.schedule.apply_schedule", fails)
    with later():
        assert [client.get("/").status_code for _ in range(3)] == [200] * 3
    assert len(asked) == 1
