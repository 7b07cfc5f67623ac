from __future__ import annotations

import pytest

from articles.rules.headline import fold_headline


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It\u2019s  TIME&nbsp;\u2014 again!", "its time again"),
        ("Caf\u00e9 opens", "CAFE OPENS"),
        ("A/B: test", "a b test"),
    ],
)
def test_headlines_that_read_the_same_fold_to_one_text(one, other):
    assert fold_headline(one) == fold_headline(other)


def test_a_headline_without_words_folds_to_nothing():
    assert fold_headline("\u2014 !") == ""
