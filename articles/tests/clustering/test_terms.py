"""Words, their weights, and groups that agree."""

from __future__ import annotations

from importlib import resources
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.clustering import linkage
from articles.clustering.linkage import both_ways, link
from articles.clustering.term_table import (
    CURRENT,
    current_table,
    format_table,
    parse_table,
)
from articles.clustering.terms import names_in
from articles.rules.text.terms import first_words, forms, read_terms, words_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Café’s services, SERVICE", ["cafe", "servic", "servic"]),
        ("Companies announced; announcing", ["compani", "announc", "announc"]),
        ("5G at $1.5bn", ["5g", "at", "1", "5bn"]),
        ("its bus is red", ["it", "bus", "is", "red"]),
        ("Новые поезда", ["новые", "поезда"]),
        ("北京 …", ["北京"]),
        ("北京市,AI北", ["北京", "京市", "ai", "北"]),
        ("กล้องจด", ["กล้อง", "ล้องจ", "องจด"]),
        ("한국어 책", ["한국", "국어", "책"]),
        ("カメラを使う", ["カメラ", "メラを", "ラを使", "を使う", "使う"]),
        ("です", ["です"]),
    ],
)
def test_terms_are_words_or_runs_of_characters(text, expected):
    assert list(forms(text)) == expected
    for term in read_terms(text):
        assert term.form in forms(text[term.start : term.end])


def test_terms_count_as_words_or_parts_of_them():
    assert words_in(forms("four words of English")) == 4
    assert 1 < words_in(forms("人脸识别摄像头")) < 4
    assert list(first_words(forms("one two three"), 2)) == ["one", "two"]
    assert words_in(first_words(forms("伦敦警方本月将使用人脸识别"), 2)) <= 2


def test_names_are_words_with_a_capital_inside_a_sentence():
    assert names_in("Today the Quixano group met. Nobody spoke.") == {"quixano"}
    assert names_in("Big News From PyCon", headline=True) == {"pycon"}
    assert names_in("Вчера в Москве. Никто") == {"москве"}
    assert names_in("the (Azure-based) tool") == {"azur", "base"}


def test_the_committed_table_is_small_and_holds_words_and_numbers_only():
    data = resources.files("articles.clustering").joinpath("data", CURRENT)
    text = data.read_text(encoding="utf-8")
    assert len(text.encode()) <= 300_000
    kinds = {category(letter)[0] for letter in text if letter not in " \n"}
    assert kinds <= {"L", "M", "N"}
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
    assert max(map(len, link(keys, both_ways(chain), 350_000))) == 2
    clique = {(a, b): 600_000 for a in keys for b in keys if a < b}
    assert link(keys, both_ways(clique), 350_000) == [tuple(keys)]


def test_a_component_too_large_is_cut_by_its_strongest_ties(monkeypatch):
    monkeypatch.setattr(linkage, "MOST_LINKED", 4)
    keys = "abcdefgh"
    clique = {(a, b): 600_000 for a in keys for b in keys if a < b}
    strong = clique | {("e", "h"): 900_000, ("b", "h"): 800_000, ("a", "f"): 700_000}
    for edges, parts in ((clique, "abcd efgh"), (strong, "acdf begh")):
        found = link(keys, both_ways(edges), 350_000)
        assert ["".join(group) for group in found] == parts.split()


def test_the_largest_component_takes_as_many_pairs_as_it_has_and_no_more(monkeypatch):
    """Whatever is tied to everything: no linking is ever given more keys."""
    sizes = []
    made = linkage._Linking.__init__

    def noting(self, members, edges):
        sizes.append(len(list(members)))
        made(self, members, edges)

    monkeypatch.setattr(linkage._Linking, "__init__", noting)
    monkeypatch.setattr(linkage, "MOST_LINKED", 40)
    keys = [f"{n:03}" for n in range(200)]
    link(keys, lambda key: [(other, 900_000) for other in keys if other != key], 1)
    assert sizes == [40] * 5
