"""What two pages both say, in phrases."""

from __future__ import annotations

import pytest

from articles.rules.text.phrases import shared_phrases
from articles.rules.text.terms import read_terms
from articles.rules.text.words import form


def terms_of(text):
    return {term.form for term in read_terms(text)}


def said(weights, one, other):
    weighed = {form(word): weight for word, weight in weights.items()}
    return [phrase.words for phrase in shared_phrases(weighed, one, other)]


FACIAL = {"recognition": 5.0, "stratford": 6.0, "live": 4.0, "facial": 3.0}


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
    weights = {"us": 5.6, "judg": 4.0}
    found = shared_phrases(weights, ("A U.S. judge, a US judge",), ("the U.S. judge",))
    assert [(one.words, one.weight) for one in found] == [("U.S. judge", 5.6)]


def test_a_word_is_said_as_the_first_page_writes_it():
    assert said({"crane": 2.0}, ("Two Cranes",), ("A crane",)) == ["Cranes"]


@pytest.mark.parametrize(
    ("one", "other", "phrase"),
    [
        ("伦敦警方使用人脸识别", "人脸识别在伦敦", "人脸识别"),
        (
            "Полиция и распознавание лиц",
            "распознавание лиц в метро",
            "распознавание лиц",
        ),
    ],
)
def test_phrases_are_said_in_every_script(one, other, phrase):
    from_one = shared_phrases(
        dict.fromkeys(terms_of(one) & terms_of(other), 1.0), (one,), (other,)
    )
    assert phrase in [found.words for found in from_one]
