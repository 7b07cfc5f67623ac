"""Reasons in words: what ties two pages, why a story stands where it stands."""

from __future__ import annotations

from datetime import date

import pytest

from articles.rules.reasons import tie_facts, why_here

NOTHING = {
    "names": False,
    "named": False,
    "lists": 0,
    "hours": 0.0,
    "same_text": False,
    "same_provider": False,
    "merged": False,
}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "at the same minute"),
        ({"names": True, "hours": 2.1}, "names it as related, 2 h later"),
        ({"named": True, "hours": -0.5}, "is named by it as related, 30 min earlier"),
        (
            {"names": True, "named": True, "hours": 72.0},
            "each names the other as related, 3 days later",
        ),
        ({"lists": 1, "hours": 1.0}, "1 list names both, 1 h later"),
        ({"lists": 3, "hours": 47.0}, "3 lists name both, 47 h later"),
        ({"lists": 3, "names": True}, "names it as related, at the same minute"),
        (
            {"merged": True, "same_text": True, "same_provider": True},
            "an editor joined them, the same text, at the same minute, the same publisher",
        ),
    ],
)
def test_facts_in_words(given, words):
    assert ", ".join(tie_facts(**NOTHING | given)) == words


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
