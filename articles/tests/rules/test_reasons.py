"""Reasons in words: what ties two articles, why a story stands where it stands."""

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
        ({}, "published in the same minute"),
        ({"names": True, "hours": 2.1}, "lists it as related, published 2 h later"),
        (
            {"named": True, "hours": -0.5},
            "listed by it as related, published 30 min earlier",
        ),
        (
            {"names": True, "named": True, "hours": 72.0},
            "each lists the other as related, published 3 days later",
        ),
        ({"lists": 1, "hours": 1.0}, "together in 1 related list, published 1 h later"),
        (
            {"lists": 3, "hours": 47.0},
            "together in 3 related lists, published 47 h later",
        ),
        (
            {"lists": 3, "names": True},
            "lists it as related, published in the same minute",
        ),
        (
            {"merged": True, "same_text": True, "same_provider": True},
            "an editor joined them, same text, published in the same minute, same publisher",
        ),
    ],
)
def test_facts_in_words(given, words):
    assert ", ".join(tie_facts(**NOTHING | given)) == words


DAY, LATEST = date(2020, 1, 24), date(2020, 1, 26)
ITS_LEAD = "Its lead article is of 24 January 2020"
OTHERS = "Under Latest it goes by its newest article, of 26 January 2020; under Most covered by its"


@pytest.mark.parametrize(
    ("quality", "providers", "words"),
    [
        (
            100,
            1,
            f"{ITS_LEAD}; among top stories it ranks as if newer by 12 h for quality 100. "
            f"Stories of two or more publishers stand before it. {OTHERS} 1 publisher.",
        ),
        (
            None,
            1,
            f"{ITS_LEAD}. Stories of two or more publishers stand before it. "
            f"{OTHERS} 1 publisher.",
        ),
        (
            50,
            4,
            f"{ITS_LEAD}; among top stories it ranks as if newer by 4 days for its "
            f"4 publishers and 6 h for quality 50. {OTHERS} 4 publishers.",
        ),
    ],
)
def test_a_place_in_each_list_is_told_in_sentences(quality, providers, words):
    told = why_here(quality, providers, DAY, LATEST, pinned=False, half_life=24)
    assert told == words


def test_a_pin_is_the_reason_among_top_stories():
    told = why_here(57, 14, DAY, LATEST, pinned=True, half_life=24)
    assert told == f"An editor put it first among top stories. {OTHERS} 14 publishers."
