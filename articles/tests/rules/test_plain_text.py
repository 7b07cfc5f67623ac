"""Lines of plain mail: never wider than asked, and nothing of the text is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.rules.text.columns import columns, one_line, shortened, wrapped

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  a \t b\r\nc\u2028d ", "a b c d"),
        ("bell\x07, escape\x1b[31m, nothing\x00", "bell, escape[31m, nothing"),
        ("turned \u202eback", "turned back"),
        (
            "\u0645\u0631\u062d\u0628\u0627\u200f",
            "\u0645\u0631\u062d\u0628\u0627\u200f",
        ),
        ("", ""),
    ],
)
def test_a_line_is_one_line_without_controls(text, line):
    assert one_line(text) == line


@pytest.mark.parametrize(
    ("text", "width"),
    [("abc", 3), ("日本", 4), ("e\u0301", 1), ("😀", 2), ("\u200d", 0)],
)
def test_columns_are_counted_as_they_are_seen(text, width):
    assert columns(text) == width


def test_words_go_on_under_each_other():
    assert wrapped("one two three four", indent=2, width=10) == (
        "  one two\n  three\n  four"
    )


def test_a_word_that_is_too_long_is_cut():
    assert wrapped("x" * 25 + " y", indent=1, width=11).splitlines() == [
        " " + "x" * 10,
        " " + "x" * 10,
        " xxxxx y",
    ]


@given(TEXT, st.integers(0, 8))
def test_no_line_is_wider_and_nothing_is_lost(text, indent):
    lines = wrapped(text, indent=indent).split("\n")
    assert all(columns(line) <= 72 for line in lines)
    assert all(line.startswith(" " * indent) for line in lines if line)
    assert "".join("".join(lines).split()) == "".join(one_line(text).split())


@given(TEXT, st.integers(2, 80))
def test_what_is_shortened_fits_and_says_so(text, width):
    short = shortened(text, width)
    assert columns(short) <= width
    assert short == one_line(text) or short.endswith("…")
