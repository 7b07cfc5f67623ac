"""Names in the order of an index."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.rules.text.alphabet import filing_key, letter_of, namesakes
from articles.selectors.indexes.alphabet import FEW, index


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("Zeit", "Z"),
        ("apnews.com", "A"),
        ("Élan", "E"),
        ("Østlendingen", "O"),
        ("“Quoted”", "Q"),
        ("9to5Toys", "0–9"),
        ("Новости", "Other"),
        ("新闻", "Other"),
        ("٣ أخبار", "Other"),
        ("***", "Other"),
        ("", "Other"),
    ],
)
def test_a_name_stands_under_its_letter(name, letter):
    assert letter_of(name) == letter


def test_digits_come_first_and_other_scripts_last():
    names = ["Новости", "zebra", "Élan", "9to5", "elbow", "Apple"]
    assert sorted(names, key=filing_key) == [
        "9to5",
        "Apple",
        "Élan",
        "elbow",
        "zebra",
        "Новости",
    ]


@given(st.lists(st.text(max_size=8), max_size=3 * FEW))
def test_an_index_holds_every_entry_once_in_order_under_its_letter(names):
    found = index(names, str)
    held = [name for letter in found.letters for name in letter.entries]
    assert sorted(held) == sorted(names)
    assert held == sorted(names, key=filing_key)
    assert found.total == len(names)
    assert len({letter.anchor for letter in found.letters}) == len(found.letters)
    for letter in found.letters:
        assert letter.entries
        if len(names) > FEW:
            assert {letter_of(name) for name in letter.entries} == {letter.name}


def test_a_few_entries_need_no_letters():
    found = index([f"{letter} news" for letter in "abc"], str)
    assert not found.has_letters
    assert [letter.name for letter in found.letters] == [""]


def test_names_that_differ_in_case_alone_are_namesakes():
    assert namesakes(["CRN", "crn", "CIO", "PR", "PR"]) == {"CRN", "crn", "PR"}
