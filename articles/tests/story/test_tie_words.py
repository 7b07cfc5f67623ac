"""What ties two pages, in words."""

from __future__ import annotations

import pytest

from articles.rules.tie_words import shared_phrases, tie_facts

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


def said(terms, one, other):
    return [phrase.words for phrase in shared_phrases(terms, one, other)]


FACIAL = [("recognition", 5.0), ("Stratford", 6.0), ("Live", 4.0), ("facial", 3.0)]


def test_words_side_by_side_in_both_texts_are_one_phrase():
    one = ("Live facial recognition comes to Stratford",)
    assert said(FACIAL, one, ("In Stratford, live facial recognition begins",)) == [
        "Stratford",
        "Live facial recognition",
    ]


@pytest.mark.parametrize(
    "other",
    [
        "Stratford: recognition is live, and facial",
        "Stratford live. Facial? Recognition",
        "Stratford recognition facial live",
    ],
)
def test_words_apart_in_one_text_stay_apart(other):
    one = ("Live facial recognition comes to Stratford",)
    assert said(FACIAL, one, (other,)) == ["Stratford", "recognition", "Live", "facial"]


def test_a_phrase_weighs_as_its_weightiest_word_and_each_word_is_said_once():
    terms = [("U.S", 5.6), ("U.S", 5.0), ("judge", 4.0)]
    found = shared_phrases(terms, ("A U.S. judge",), ("the U.S. judge",))
    assert [(one.words, one.weight) for one in found] == [("U.S", 5.6), ("judge", 4.0)]


def test_a_word_of_another_spelling_is_still_said():
    assert said([("cranes", 2.0)], ("A crane",), ("Cranes",)) == ["cranes"]
