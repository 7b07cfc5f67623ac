"""Choices as templates write them."""

from __future__ import annotations

from articles.templatetags.news import pairs


def test_a_choice_is_written_as_values_with_their_words():
    assert pairs("on:On off:Off") == [("on", "On"), ("off", "Off")]
