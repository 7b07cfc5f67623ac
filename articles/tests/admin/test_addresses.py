"""The address of a story that is cut stays with the pages that stay."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from articles.models import Story
from articles.publishing import merge, move, publish, split, undo, withdraw
from articles.selectors.desk.story import story_at
from articles.tests.ingest.state import assert_same, site_state
from articles.tests.make import make_drop, related_entry

from .acting import members, stories
from .events import BRIDGE, FLOOD, bring, page, pages, story, url_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("two_stories")]


def address(number: int, event: str = BRIDGE) -> str:
    return story(event, number).public_id


def test_the_founder_that_leaves_gets_another_one(client):
    before, old = site_state(), address(0)
    act = split(pages(BRIDGE, 0))
    assert address(1) == old != address(0)
    for id in (old, address(0)):
        assert client.get(f"/stories/{id}/", follow=True).status_code == 200
    assert story_at(old) == story(BRIDGE, 1)
    call_command("rebuild_stories")
    assert address(1) == old != address(0)
    undo(act)
    assert_same(before, site_state())


def test_where_readers_have_no_more_of_what_stayed_its_address_leads_nowhere(client):
    old = address(0)
    split(pages(BRIDGE, 0))
    staying = pages(BRIDGE, 1, 2, 3)
    withdraw(staying)
    assert client.get(f"/stories/{old}/", follow=True).status_code == 404
    assert client.get(f"/stories/{address(0)}/", follow=True).status_code == 200
    publish(staying)
    assert client.get(f"/stories/{old}/", follow=True).status_code == 200


def test_a_story_cut_again_and_again_keeps_its_address():
    old = address(0)
    for number in range(3):
        split(pages(BRIDGE, number))
        assert address(3) == old
    assert len(set(stories().values())) == len(stories()) == 5
    merge([story(BRIDGE, number) for number in (3, 1)])
    merge([story(BRIDGE, number) for number in (3, 0, 2)])
    assert len(set(stories().values())) == len(stories()) == 2


def test_both_stories_of_a_move_keep_theirs():
    here, there = address(0), address(0, FLOOD)
    move(pages(BRIDGE, 0, 1), story(FLOOD))
    assert (address(2), address(0)) == (here, there)


def test_what_comes_later_changes_no_address_that_was_kept():
    old = address(0)
    split(pages(BRIDGE, 0))
    earlier = {
        "title": f"{BRIDGE}, report 1",
        "excerpt": f"{BRIDGE}: what is known.",
        "webUrl": "https://early.example/",
        "publishedDateTime": "2024-03-01T11:30:00Z",
        "provider": {"name": "Early", "domain": "early.example"},
    }
    again = related_entry(
        url_of(BRIDGE, 1), title=f"{BRIDGE}, report 1", excerpt=earlier["excerpt"]
    )
    bring({"early.txt": make_drop(**earlier, related=[again])})
    kept = Story.objects.get(public_id=old)
    assert {url_of(BRIDGE, n) for n in (1, 2, 3)} <= {
        one.canonical_url for one in members(kept)
    }
    assert page(BRIDGE, 0).story != kept
