"""Pins that end, notes, and acts that are looked at before they are done."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest
from django.utils import timezone

from articles.models import Decision, Story
from articles.publishing import note, title
from articles.selectors.desk.history import latest_acts

from .browser import opened
from .conftest import change, messages
from .events import BRIDGE, FLOOD, page, partition, story, urls

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("two_stories")]


def minute(**ahead: int) -> str:
    return f"{timezone.localtime() + timedelta(**ahead):%Y-%m-%dT%H:%M}"


def test_a_pin_ends_when_the_form_says(send):
    until = minute(days=1)
    assert send(story(BRIDGE), "pin", until=until)[0].startswith("Pinned until")
    held = story(BRIDGE).pinned_until
    assert f"{timezone.localtime(held):%Y-%m-%dT%H:%M}" == until
    assert "already" in send(story(BRIDGE), "pin", until=until)[0]
    assert send(story(BRIDGE), "pin") == ["Pinned."]
    assert story(BRIDGE).pinned and story(BRIDGE).pinned_until is None


@pytest.mark.parametrize("odd", ["x", "2024-01-01T00:00", "9999-12-31T23:59", "2"])
def test_an_odd_end_pins_nothing(send, odd):
    [said] = send(story(BRIDGE), "pin", until=odd)
    assert said.startswith("Nothing was changed") and not story(BRIDGE).pinned


def test_who_changed_the_end_of_a_pin_is_not_overruled_unseen(desk, send):
    form = opened(desk, change(story(BRIDGE)), "story")
    send(story(BRIDGE), "pin", until=minute(days=1))
    sent = form | {"act": "pin", "until": minute(days=2)}
    [said] = messages(desk.post(change(story(BRIDGE)), sent, follow=True))
    assert "edith pinned" in said


def test_a_note_is_for_the_desk_alone(desk, send, client):
    assert send(story(BRIDGE), "note", note="Wait for the <police>.") == ["Noted."]
    text = desk.get(change(story(BRIDGE))).content.decode()
    assert "Wait for the &lt;police&gt;." in text and "By edith" in text
    assert "police" not in client.get("/").content.decode()
    assert send(story(BRIDGE), "note", note="") == ["The note is gone."]
    assert (
        "police"
        not in desk.get(change(story(BRIDGE)))
        .content.decode()
        .split("Decisions</h2>")[0]
    )


def test_a_note_of_somebody_else_is_not_lost(desk, send):
    note(page(BRIDGE), "First")
    said = send(story(BRIDGE), "note", note="Mine", was_note="What was there before")
    assert said == [
        "Nothing was changed: a script left another note since: look at it again."
    ]


def test_a_note_stays_with_its_story(desk):
    note(page(BRIDGE, 2), "Seen by me")
    assert "Seen by me" in desk.get(change(story(BRIDGE))).content.decode()
    assert "Seen by me" not in desk.get(change(story(FLOOD))).content.decode()


def look(desk, of: Story, act: str, **more):
    form = opened(desk, change(of))
    shown = {name: form[name] for name in ("shown", "story")}
    return desk.post(change(of), shown | {"look": act} | more)


def test_an_act_is_looked_at_and_then_done(desk):
    before = partition()
    chosen = [page(BRIDGE, 3).pk]
    answer = look(desk, story(BRIDGE), "split", page=chosen, why="two events")
    assert [len(answer.context[when]) for when in ("before", "after")] == [1, 2]
    assert partition() == before and not Decision.objects.exists()
    form = opened(desk, change(story(BRIDGE))) and answer.context["given"]
    sent: dict[str, list[str]] = {}
    for name, value in form:
        sent.setdefault(name, []).append(value)
    desk.post(change(story(BRIDGE)), sent | {"act": ["split"]})
    assert urls(BRIDGE, range(3)) in partition()
    assert Decision.objects.filter(why="two events", place="story").exists()


def test_two_stories_are_looked_at_as_one(desk):
    to = story(FLOOD).public_id
    answer = look(desk, story(BRIDGE), "merge", to=to)
    before, after = (answer.context[when] for when in ("before", "after"))
    assert (len(before), len(after)) == (2, 1)
    assert after[0].articles == sum(one.articles for one in before)
    assert len(partition()) == 2


def test_what_would_change_nothing_is_said(desk):
    answer = look(desk, story(BRIDGE), "split")
    assert "select one or more articles" in answer.content.decode()


def test_a_note_stays_in_sight_whatever_is_decided_after_it(desk):
    note(page(BRIDGE), "Wait for the police.")
    for number in range(101):
        title(page(BRIDGE), f"Title {number}")
    text = desk.get(change(story(BRIDGE))).content.decode()
    assert "Wait for the police.</textarea>" in text


def test_the_end_of_a_pin_is_told_in_one_zone(send, settings):
    settings.TIME_ZONE = "Asia/Tokyo"
    until = timezone.localtime() + timedelta(days=1)
    send(story(BRIDGE), "pin", until=f"{until:%Y-%m-%dT%H:%M}")
    [act] = latest_acts([Decision.Kind.PIN])
    assert act.words.endswith(f"until {until.astimezone(UTC):%Y-%m-%d %H:%M} UTC")
