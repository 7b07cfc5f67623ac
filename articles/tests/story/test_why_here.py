"""Why a card stands where it stands, in words."""

from __future__ import annotations

from datetime import date

import pytest

from articles.rules.score import why_here
from articles.tests.crawl import ask

from .making import one_story, tell

DAY = date(2020, 1, 24)
NEWER = "; the lead is of 24 January 2020, and newer stands before older"


@pytest.mark.parametrize(
    ("quality", "providers", "words"),
    [
        (57, 1, f"one publisher reports it, with quality 57{NEWER}"),
        (None, 1, f"one publisher reports it, with quality 0{NEWER}"),
        (
            96,
            14,
            f"14 publishers report it, which counts for more than the quality of its lead, 96{NEWER}",
        ),
        (
            20,
            2,
            f"the quality of its lead, 20, counts for more than that 2 publishers report it{NEWER}",
        ),
    ],
)
def test_the_weightier_part_comes_first(quality, providers, words):
    assert why_here(quality, providers, DAY) == words


def test_a_pin_is_the_whole_reason():
    assert why_here(57, 14, DAY, pinned=True) == "an editor pinned it"


def test_each_list_says_by_what_it_is_ordered(db, client):
    one_story(tell("one"))
    one_story(tell("two", "Orchestra names Finnish conductor"))
    assert "one publisher reports it, with quality 50" in ask(client, "/").text
    latest = ask(client, "/latest/").text
    assert "its newest coverage is of" in latest and "reports it" not in latest
