"""The first sentence of an excerpt, cut between words where it is too long."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.rules.text.sentence import MOST, first_sentence

FIRST = "The council closed the bridge on Monday after a crane collapsed."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("No end", "No end"),
        (f"{FIRST} Two people were hurt.", FIRST),
        (f"{FIRST[:-1]}! Two people were hurt.", f"{FIRST[:-1]}!"),
        # Too short to be a sentence: the next belongs to it.
        ("Dr. No met Mr. Yes. They talked.", "Dr. No met Mr. Yes. They talked."),
        # What goes on in small letters was an abbreviation.
        (
            "The law was passed by the senate of the state of N.Y. in the spring of 2020",
            "The law was passed by the senate of the state of N.Y. in the spring of 2020",
        ),
        (f"“{FIRST}” She said more.", f"“{FIRST}”"),
        ("橋は月曜日に閉鎖された。" * 6, "橋は月曜日に閉鎖された。" * 5),
        ("word " * 60, f"{'word ' * 35}".rstrip() + "…"),
        ("x" * 300, f"{'x' * (MOST - 1)}…"),
    ],
)
def test_the_first_sentence(text, expected):
    assert first_sentence(text) == expected


@pytest.mark.parametrize("short", ["until Aug. 17", "of Gov. Kemp", "and U.S. Navy"])
def test_no_sentence_ends_before_the_name_or_number_that_follows(short):
    told = f"A federal judge has written to the whole department {short}."
    assert first_sentence(f"{told} {FIRST}") == told


@given(st.text())
def test_it_is_a_beginning_of_the_text_and_has_room(text):
    found = first_sentence(text)
    assert len(found) <= MOST
    assert text.startswith(found.removesuffix("…").rstrip() if found else "")
