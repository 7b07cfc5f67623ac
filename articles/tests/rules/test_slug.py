from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.rules.text.slug import MAX_SLUG, slug, topic_key, topic_slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ferry “Aurora” returns", "ferry-aurora-returns"),
        ("It's the tide", "its-the-tide"),
        ("\u00c6r\u00f8's Stra\u00dfe \u2014 \u00e9t\u00e9!", "aeros-strasse-ete"),
        ("\u042f\u0431\u043b\u043e\u043a\u0438 & \u0439\u043e\u0434", "\u044f\u0431\u043b\u043e\u043a\u0438-\u0439\u043e\u0434"),
        ("\u0939\u093f\u0928\u094d\u0926\u0940", "\u0939\u093f\u0928\u094d\u0926\u0940"),
        ("++", "story"),
        ("", "story"),
        ("word " * 30, "-".join(["word"] * 12)),
        ("a" * 100, "a" * MAX_SLUG),
    ],
)  # fmt: skip
def test_slugs_hold_the_words_of_a_title(text, expected):
    assert slug(text, fallback="story") == expected


@given(st.text(st.characters(codec=None)))
def test_slugs_are_never_empty_or_long_and_hold_no_slash(text):
    for made in (slug(text, fallback="x"), topic_slug(text)):
        assert made
        assert not set(made) & set("/?#% .\\")
        assert len(made) <= MAX_SLUG + 11


def test_names_that_read_alike_get_different_slugs():
    names = ["C", "C#", "C++", "++", "\u044f", "\u042f\u0431", "\u679c\u7269", "Cafe", "Caf\u00e9", "a b", "a-b"]  # fmt: skip
    assert len({topic_slug(name) for name in names}) == len(names)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Machine Learning", "machine  learning"), ("C#", "c#"), ("Q&amp;A", "q&a")],
)
def test_names_of_one_topic_get_one_slug(one, other):
    assert topic_slug(one) == topic_slug(other)


@given(st.text(max_size=8), st.text(max_size=8))
def test_topics_share_a_slug_only_if_they_are_one(one, other):
    assert (topic_slug(one) == topic_slug(other)) == (
        topic_key(one) == topic_key(other)
    )


def test_no_name_can_take_the_slug_that_another_got_by_its_hash():
    assert topic_slug(topic_slug("C#").replace("-", " ")) != topic_slug("C#")
