from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.rules.text.clean import clean_text, has_control_characters


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("News&nbsp;of  the\tday\n", "News of the day"),
        ("Q&amp;A", "Q&A"),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
        ("<b>bold</b>", "<b>bold</b>"),
        ("apple\x0bpear", "apple pear"),
        ("ap\x00p\x07le", "apple"),
        ("a\x85b\u2028c\u2029d", "a b c d"),
        ("a\u202eb\u2066c\u2069", "abc"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("lone \ud800 surrogate\uffff", "lone surrogate"),
        (
            "caf\u00e9 \U0001f469\u200d\U0001f680",
            "caf\u00e9 \U0001f469\u200d\U0001f680",
        ),
        ("   ", ""),
        ("&nbsp;&#8203;", ""),
        ("\u200e\u200f\u00ad", ""),
        ("&#x110000;", "\ufffd"),
        ("&#" + "9" * 5000 + ";!", "\ufffd!"),
    ],
)
def test_text_is_made_fit_for_readers(text, cleaned):
    assert clean_text(text) == cleaned


@given(st.text(st.characters(codec=None)))
def test_cleaned_text_is_one_line_without_controls(text):
    cleaned = clean_text(text)
    assert cleaned == " ".join(cleaned.split())
    assert not has_control_characters(cleaned)
    cleaned.encode("utf-8")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a\x0bb", True), ("a\x1bb", True), ("a\u202eb", True), ("a\tb\nc\u2028", False)],
)
def test_control_characters_are_told_from_blanks(text, expected):
    assert has_control_characters(text) is expected
