"""How tall the lead of a front page is beside the cards that follow it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from articles.templatetags.news import lead_rows


def cards(sizes: str, *, picture: object = None) -> list[SimpleNamespace]:
    """A lead and those beside it: "+" is a large card, "." a small one."""
    size = {"+": "major", ".": "minor"}
    beside = [SimpleNamespace(size=size[one]) for one in sizes]
    return [
        SimpleNamespace(
            size="major", shape=SimpleNamespace(lead=SimpleNamespace(picture=picture))
        )
    ] + beside


@pytest.mark.parametrize(
    ("sizes", "with_picture", "without"),
    [
        ("", "four", "four"),
        ("....", "four", "four"),
        ("....+", "four", "four"),  # no longer beside it
        ("...+", "three", "three"),
        ("..+.", "three", "three"),
        (".+", "three", "two"),
        ("+...", "three", "two"),
        ("++++", "three", "two"),
    ],
)
def test_a_lead_is_as_tall_as_what_stands_beside_it(sizes, with_picture, without):
    assert lead_rows(cards(sizes, picture="a picture")) == with_picture
    assert lead_rows(cards(sizes)) == without
