"""What matched is marked; the text stays what it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search import marked, marked_name, parse, snippet

from .test_words import TEXTS


def shown(pieces) -> str:
    return "".join(f"[{text}]" if matched else text for text, matched in pieces)


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("ferry", "Ferries, a ferry’s FERRY", "[Ferries], a [ferry]’s [FERRY]"),
        ("sao paulo", "São Paulo", "[São] [Paulo]"),
        ("cafe", "cafe\u0301 noir", "[cafe\u0301] noir"),
        ("covid19", "COVID-19 tests", "[COVID-19] tests"),
        ("covid-19", "covid 19 and Covid19", "[covid 19] and [Covid19]"),
        ("real time", "realtime", "[realtime]"),
        ('"north port"', "north of north port", "north of [north port]"),
        ("the ferry", "the ferry", "the [ferry]"),
        ("-ferry pier", "a ferry at the pier", "a ferry at the [pier]"),
        ("us", "U.S. ferry", "[U.S.] ferry"),
        ("東京", "在東京的 東 京", "在[東京]的 [東 京]"),
        ("ไทย", "ภาษาไทย", "ภาษา[ไทย]"),
        ("<b>", "a <b> & c", "a <[b]> & c"),
        ("zebra", "ferry", "ferry"),
        ("topic:ferry provider:ferry", "ferry", "ferry"),
    ],
)
def test_matches_are_marked(query, text, found):
    assert shown(marked(text, parse(query))) == found


def test_a_publisher_is_marked_where_it_was_asked_for():
    query = parse("provider:gazette ferry")
    assert shown(marked_name("The Gazette", query)) == "The [Gazette]"


@given(TEXTS, st.text(max_size=30))
def test_marking_never_changes_the_text(text, query):
    asked = parse(f"{query} {text[:40]}")
    assert "".join(piece for piece, _ in marked(text, asked)) == text
    assert all(piece for piece, _ in marked(text, asked))


@given(st.text("ab é東-. ", max_size=600), st.text("ab é東", max_size=10))
def test_a_part_of_a_text_is_a_part_of_it(text, query):
    pieces = snippet(text, parse(query), most=80)
    inner = [piece for piece, _ in pieces]
    begins, ends = inner[:1] == ["… "], inner[-1:] == [" …"]
    part = "".join(inner[begins : len(inner) - ends])
    assert part in text
    assert len(part) <= 80
    assert begins or text.startswith(part)
    assert ends or text.endswith(part)


def test_a_part_holds_what_matched():
    text = "before " * 60 + "the ferry sails " + "after " * 60
    part = shown(snippet(text, parse("ferry sails")))
    assert "the [ferry] [sails]" in part
    assert part.startswith("… before")
    assert part.endswith("after …")


def test_without_a_match_a_part_is_the_beginning():
    assert shown(snippet("word " * 100, parse("ferry"))).startswith("word word")
