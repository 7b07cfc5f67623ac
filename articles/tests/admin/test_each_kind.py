"""Each kind of decision: one effect on all that readers get, whatever comes after it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from articles.models import Decision, Page
from articles.publishing import (
    apply_schedule,
    decide,
    edit,
    lead,
    merge,
    move,
    pin,
    publish_at,
    split,
    title,
    undo,
    unpin,
)
from articles.rules.edits import Picture
from articles.tests.crawl import crawl
from articles.tests.make import import_drops

from .events import BRIDGE, FLOOD, bring, coverage, page, pages, story

pytestmark = pytest.mark.django_db
Kind = Decision.Kind
DROPS = (
    coverage(BRIDGE, 4, linked=1),
    coverage(FLOOD, 3, published=False),
    coverage("Kuusisto vote delayed", 1),
)
MORE = ("/search/?q=bridge", "/search/?q=edith", "/sitemap.xml", "/latest/feed.rss")


def planned() -> str:
    """Published by the schedule, an hour from now."""
    act = publish_at([page(FLOOD, 1)], timezone.now() + timedelta(hours=1))
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        assert apply_schedule() == 1
    return act


def unpinned() -> str:
    pin(page(BRIDGE))
    return unpin(page(BRIDGE))


ACTS: dict[str, Callable[[], str]] = {
    "publish": lambda: decide(Kind.PUBLISH, page(FLOOD, 1)).act,
    "publish a linked article": lambda: decide(Kind.PUBLISH, page(BRIDGE, 4)).act,
    "withdraw": lambda: decide(Kind.WITHDRAW, page(BRIDGE, 3)).act,
    "withdraw a whole story": lambda: (
        decide(Kind.WITHDRAW, pages(BRIDGE, 0, 1, 2, 3)).act
    ),
    "publish at a time": planned,
    "title": lambda: edit(page(BRIDGE, 3), {Kind.HEADLINE: "A bridge, says Edith"}),
    "excerpt": lambda: edit(page(BRIDGE, 3), {Kind.EXCERPT: ""}),
    "picture": lambda: edit(
        page(BRIDGE, 3), {Kind.PICTURE: Picture("https://edith.example/a.jpg", 64, 48)}
    ),
    "topics": lambda: edit(page(BRIDGE, 3), {Kind.TOPICS: ("Cranes", "Ports")}),
    "title of the story": lambda: title(page(BRIDGE), "Named by Edith"),
    "lead": lambda: lead(page(BRIDGE, 1)),
    "pin": lambda: pin(page(BRIDGE, 2)),
    "pin with an end": lambda: pin(
        page(BRIDGE, 2), until=timezone.now() + timedelta(days=2)
    ),
    "unpin": unpinned,
    "split": lambda: split(pages(BRIDGE, 1, 3)),
    "move": lambda: move(page(BRIDGE, 3), story("Kuusisto vote delayed")),
    "merge": lambda: merge([story(BRIDGE), story("Kuusisto vote delayed")]),
}
NOTHING_SHOWN = ("pin with an end", "unpin", "pin")  # where there is no other to pass


def faces() -> dict[str, tuple[int, bytes]]:
    """All that a reader can get by following links, and some searches."""
    found = crawl(Client(), ("/", *MORE))
    return {
        address: (answer.status, answer.content)
        for address, answer in found.items()
        if not address.startswith("/static/")
    }


def differing(one: dict, other: dict) -> list[str]:
    return sorted(
        address
        for address in one.keys() | other.keys()
        if one.get(address) != other.get(address)
    )


def again(**given) -> None:
    """All drops come again; those of the bridge say something else, and then do not."""
    bring(coverage(BRIDGE, 4, linked=1, excerpt="Said otherwise.", **given))
    bring(*DROPS)


@pytest.mark.parametrize("name", ACTS)
def test_it_stands_whatever_is_imported_and_can_be_taken_back(db, name):
    bring(*DROPS)
    before = faces()
    act = ACTS[name]()
    after = faces()
    assert differing(before, after) or name in NOTHING_SHOWN
    again()
    call_command("rebuild_stories")
    assert differing(after, faces()) == []
    if name == "unpin":
        return
    assert undo(act) > 0
    assert differing(before, faces()) == []
    again()
    assert differing(before, faces()) == []
    assert undo(act) == 0


def test_a_drop_moves_to_another_address_with_what_was_decided(db):
    bring(*DROPS)
    decide(Kind.WITHDRAW, page(BRIDGE, 3))
    edit(page(BRIDGE, 2), {Kind.HEADLINE: "A bridge, says Edith"})
    for number in (2, 3):
        name = f"quixano{number}.txt"
        raw = DROPS[0][name].replace(
            b"quixano%d.example/%d" % (number, number), b"new%d.example/x" % number
        )
        import_drops({name: raw})
    assert Page.objects.get(canonical_url="https://new3.example/x").is_withdrawn
    moved = Page.objects.get(canonical_url="https://new2.example/x")
    assert moved.title == "A bridge, says Edith"
