"""What ties two pages, in words."""

from __future__ import annotations

import pytest

from articles.rules.tie_words import tie_facts

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
