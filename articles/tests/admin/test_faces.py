"""The face of a story: its lead, its title and its pin, given and taken back."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from articles.publishing import (
    lead,
    pin,
    title,
    undo,
    unpin,
)

from .events import (
    BRIDGE,
    bring,
    coverage,
    page,
    story,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("two_stories")]


def test_a_chosen_lead_survives_and_is_taken_back():
    before = story(BRIDGE).lead
    act = lead(page(BRIDGE, 1))
    assert story(BRIDGE).lead == page(BRIDGE, 1) != before
    bring(coverage(BRIDGE, 4, quality=99))
    bring(coverage(BRIDGE, 4))
    call_command("rebuild_stories")
    assert story(BRIDGE).lead == page(BRIDGE, 1)
    undo(act)
    assert story(BRIDGE).lead == before


def test_title_and_pin_are_given_and_taken_back():
    given = title(page(BRIDGE), "  The bridge\n at Quixano ")
    pinned = pin(page(BRIDGE, 2))
    assert (story(BRIDGE).title, story(BRIDGE).pinned) == (
        "The bridge at Quixano",
        True,
    )
    unpinned = unpin(page(BRIDGE))
    assert not story(BRIDGE).pinned
    for act in (unpinned, pinned, given):
        undo(act)
    assert (story(BRIDGE).title, story(BRIDGE).pinned) == ("", False)
