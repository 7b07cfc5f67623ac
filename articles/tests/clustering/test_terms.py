"""Words, their weights, and groups that agree."""

from __future__ import annotations

from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.clustering.linkage import link
from articles.clustering.term_table import (
    CURRENT,
    current_table,
    format_table,
    parse_table,
)
from articles.clustering.terms import names_in, spellings, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Café’s services, SERVICE", ["caf", "servic", "servic"]),
        ("Companies announced; announcing", ["company", "announc", "announc"]),
        ("5G at $1.5bn", ["5g", "at", "1", "5bn"]),
        ("its bus is red", ["its", "bus", "is", "red"]),
        ("北京 …", []),
    ],
)
def test_spellings_of_a_word_meet(text, expected):
    assert words(text) == expected


def test_names_are_words_with_a_capital_inside_a_sentence():
    assert names_in("Today the Quixano group met. Nobody spoke.") == {"quixano"}
    assert names_in("Big News From PyCon", headline=True) == {"pycon"}


def test_terms_are_shown_as_the_page_writes_them():
    assert spellings("Zeppelins, landing")["zeppelin"] == "Zeppelins"
    assert spellings("the Council’s vote")["council"] == "Council"


def test_the_committed_table_is_small_and_holds_words_and_numbers_only():
    text = resources.files("articles.clustering").joinpath("data", CURRENT).read_text()
    assert len(text) <= 300_000
    assert all(token.isascii() and token.isalnum() for token in text.split())
    assert f"terms-v{current_table().version}.txt" == CURRENT


def test_a_word_the_table_lacks_weighs_as_the_rarest():
    table = current_table()
    assert table.weight("qqqq") >= max(table.idf.values())
    assert table.weight("the") == min(table.idf.values())


@given(st.dictionaries(st.from_regex("[a-z]{1,6}", fullmatch=True), st.integers(1, 9)))
def test_a_written_table_reads_back(counts):
    text = format_table(counts, version=3, documents=9)
    table = parse_table(text)
    assert (table.version, table.documents) == (3, 9)
    assert set(table.idf) == set(counts)


def test_a_chain_of_pairs_is_no_story():
    keys = "abcdef"
    chain = dict.fromkeys(zip(keys, keys[1:], strict=False), 600000)
    assert max(map(len, link(keys, chain, 350_000))) == 2
    clique = {(a, b): 600_000 for a in keys for b in keys if a < b}
    assert link(keys, clique, 350_000) == [tuple(keys)]


def test_pages_kept_apart_draw_their_own():
    edges = {("a", "b"): 900_000, ("b", "c"): 900_000, ("c", "d"): 950_000}
    apart = [("b", "c")]
    assert link("abcd", edges, 350_000, apart) == [("a", "b"), ("c", "d")]
