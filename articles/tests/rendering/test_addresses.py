"""Addresses are those that `reverse` gives, whatever is in their parts."""

from __future__ import annotations

import pytest
from django.urls import NoReverseMatch, reverse

from articles.rendering.addresses import address

ODD = ("a-b", "ä ö", "50%", "a&b'c", "~0~", "Ω.example", "a+b=c;d@e:f")


@pytest.mark.parametrize("part", ODD)
def test_they_are_spelled_as_django_spells_them(part):
    assert address("provider", part) == reverse("provider", args=[part])
    for id, slug in (("x1", part), (part, "~1~")):
        assert address("story", id, slug) == reverse("story", args=[id, slug])


@pytest.mark.parametrize("part", ["", "a/b"])
def test_what_no_route_takes_is_refused(part):
    with pytest.raises(NoReverseMatch):
        address("provider", part)
