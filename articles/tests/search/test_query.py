"""What is typed, as what is asked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.rules.text.words import form
from articles.search import MOST_CHARACTERS, MOST_WORDS, SearchQuery, parse


def wanted(text: str) -> list[tuple[str, ...]]:
    return firsts(parse(text).wanted)


def read(phrases) -> list[tuple[str, ...]]:
    """Phrases as they are compared."""
    return [tuple(map(form, phrase)) for phrase in phrases]


def firsts(clauses) -> list[tuple[str, ...]]:
    """The words of each clause as typed, without the other ways to say them."""
    return [clause.phrases[0] for clause in clauses]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ferry  sails", [("ferry",), ("sail",)]),
        ('"ferry sails" again', [("ferry", "sail"), ("again",)]),
        ("“ferry sails”", [("ferry", "sail")]),
        ("„ferry sails“ «north port»", [("ferry", "sail"), ("north", "port")]),
        ('"ferry sails', [("ferry",), ("sail",)]),
        ('ferry" sails', [("ferry",), ("sail",)]),
        ('"" ferry', [("ferry",)]),
        ("real-time", [("real", "time")]),
        ("AI/ML", [("ai",), ("ml",)]),
        ("Re: ferry", [("re",), ("ferry",)]),
        ("https://x.example", [("https",), ("x", "example")]),
        ("site:ferry", [("site",), ("ferry",)]),
        ("ferry AND harbour OR pier", [("ferry",), ("harbour",), ("pier",)]),
        ("the ferry of the harbour", [("ferry",), ("harbour",)]),
        ("the of", [("the",), ("of",)]),
        ('"the of"', [("the", "of")]),
        ("ferry ferry FERRY", [("ferry",)]),
        ("10,000 x,y", [("10", "000"), ("x",), ("y",)]),
        ("東京 ferry", [("東", "京"), ("ferry",)]),
        ("— -- ! *", []),
        ("provider:", [("provider",)]),
        ("topic: ferry", [("topic",), ("ferry",)]),
        ("NEAR(ferry, 2)", [("near",), ("ferry",), ("2",)]),
        ("\0ferry\ud800", [("ferry",)]),
        ("covid -19", [("covid",), ("19",)]),
        ("covid – 19", [("covid",), ("19",)]),
    ],
)
def test_words_and_phrases(text, words):
    assert wanted(text) == read(words)


@pytest.mark.parametrize(
    ("text", "without", "rest"),
    [
        ("ferry -harbour", [("harbour",)], [("ferry",)]),
        ('ferry -"harbour bridge"', [("harbour", "bridge")], [("ferry",)]),
        ("-ferry", [("ferry",)], []),
        ("ferry - harbour", [], [("ferry",), ("harbour",)]),
        ("ferry –harbour", [], [("ferry",), ("harbour",)]),
        ("ferry --harbour", [], [("ferry",), ("harbour",)]),
        ("ferry-harbour", [], [("ferry", "harbour")]),
        ('-"2020" ferry', [("2020",)], [("ferry",)]),
    ],
)
def test_only_a_hyphen_directly_before_a_word_leaves_it_out(text, without, rest):
    query = parse(text)
    assert (firsts(query.unwanted), firsts(query.wanted)) == (read(without), read(rest))


@pytest.mark.parametrize(
    ("text", "providers", "topics"),
    [
        ("provider:herald", [("herald",)], []),
        ('PROVIDER:"The herald"', [("the", "herald")], []),
        ("provider:www.herald.example", [("herald", "example")], []),
        ("topic:AI topic:“night trains”", [], [("ai",), ("night", "train")]),
        ("-provider:herald", [], []),
        ("subprovider:herald", [], []),
    ],
)
def test_operators(text, providers, topics):
    query = parse(text)
    assert firsts(query.providers) == read(providers)
    assert firsts(query.topics) == read(topics)


def test_operators_may_leave_out():
    query = parse("-provider:herald -topic:ai ferry")
    assert firsts(query.unwanted_providers) == [("herald",)]
    assert firsts(query.unwanted_topics) == [("ai",)]


@pytest.mark.parametrize(
    ("text", "said_by"),
    [
        ("realtime", {("real", "time")}),
        ("real time", {(form("realtime"),)}),
        ("real-time", {(form("realtime"),)}),
        ("covid19", {("covid", "19")}),
        ("covid 19", {("covid19",)}),
        ("gpt3", {("gpt", "3")}),
        ("VMs", {("vm",)}),
    ],
)
def test_a_word_is_also_said_in_two_and_two_in_one(text, said_by):
    assert said_by <= {
        phrase for clause in parse(text).wanted for phrase in clause.phrases
    }


@pytest.mark.parametrize("text", ['"realtime"', "-realtime"])
def test_what_is_quoted_or_left_out_is_not_taken_apart(text):
    query = parse(text)
    [clause] = (*query.wanted, *query.unwanted)
    assert clause.phrases == ((form("realtime"),),)


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("a" * MOST_CHARACTERS, False),
        ("a" * (MOST_CHARACTERS + 1), True),
        ("ferry " * 2000, True),
        (" ".join(f"w{n}" for n in range(MOST_WORDS)), False),
        (" ".join(f"w{n}" for n in range(MOST_WORDS + 1)), True),
        ('"' + " ".join(f"w{n}" for n in range(MOST_WORDS + 1)) + '"', True),
        ("  ferry" + " " * 500, False),
    ],
)
def test_what_is_too_long_is_cut_and_says_so(text, cut):
    query = parse(text)
    assert query.was_cut is cut
    assert len(query.text) <= MOST_CHARACTERS
    assert sum(len(clause.phrases[0]) for clause in query.wanted) <= MOST_WORDS


def test_cutting_leaves_words_whole():
    assert parse("harbour " * 40).text.split()[-1] == "harbour"


@given(st.text())
def test_anything_can_be_asked(text):
    query = parse(text)
    assert isinstance(query, SearchQuery)
    query.text.encode()
    assert bool(query) is not query.is_empty
