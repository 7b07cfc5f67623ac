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


@pytest.mark.parametrize(
    "mark",
    ["\u00ef\u00bb\u00bf", "\u00c3\u00af\u00c2\u00bb\u00c2\u00bf", "\ufeff", "\u2229\u2557\u2510"]
    + ["\u043f\u00bb\u0457", "\u00b4\u2557\u2510", "\u00d4\u00aa\u00f8", "\u00ff\u00fe", "\u00fe\u00ff", "\ufffd" * 3]
    + ["&iuml;&raquo;&iquest;", "&#239;&#187;&#191;", "&#65279;", "\u00ef\u00bb?", "\u00ef\u00bb"],
)  # fmt: skip
def test_a_byte_order_mark_that_was_mangled_is_taken_off(mark):
    for text in (
        f"{mark}Title",
        f"{mark} Title",
        f" {mark}{mark}Title",
        f"{mark}\ufeffTitle",
    ):
        assert clean_text(text) == "Title"
    assert clean_text(mark) == clean_text(f" {mark} ") == ""


@pytest.mark.parametrize(
    "encoding", ["cp1252", "latin-1", "cp1251", "cp437", "cp850", "mac_roman"]
)
@pytest.mark.parametrize("times", [1, 2])
def test_a_mark_that_was_read_in_another_encoding_is_taken_off(encoding, times):
    text = "\ufeff"
    for _ in range(times):
        text = text.encode().decode(encoding)
    assert clean_text(f"{text}Title") == "Title"


@pytest.mark.parametrize(
    "text", ["\u00cele", "\u00ab Oui \u00bb", "\u00bfQu\u00e9?", "\u00b4tis", "\u00feorn", "\u041f\u00bb", "\ufffdA\ufffd"]
)  # fmt: skip
def test_what_only_resembles_a_mark_stays(text):
    assert clean_text(text) == text
