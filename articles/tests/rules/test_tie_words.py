"""The words that two pages share, as phrases."""

from __future__ import annotations

import pytest

from articles.rules.tie_words import shared_phrases


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
