"""Addresses of pages that stand by the hundred on one page."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote

from django.urls import get_script_prefix, get_urlconf, reverse

_AS_IT_IS = "!$&'()*+,;=/~:@"  # in paths, as `reverse` spells them
_PLACE = "~{}~"


def address(route: str, *args: str) -> str:
    """What `reverse` gives for a route whose arguments are parts between slashes."""
    if not all(args) or any("/" in one for one in args):
        return reverse(route, args=args)
    between = _around(route, len(args), get_script_prefix(), get_urlconf())
    parts = [between[0]]
    for one, after in zip(args, between[1:], strict=True):
        parts += (quote(one, _AS_IT_IS), after)
    return "".join(parts)


@lru_cache(maxsize=64)
def _around(
    route: str, number: int, prefix: str, urlconf: str | None
) -> tuple[str, ...]:
    """What stands before, between and behind so many arguments."""
    places = [_PLACE.format(place) for place in range(number)]
    left = reverse(route, args=places)
    found = []
    for place in places:
        before, _, left = left.partition(place)
        found.append(before)
    return (*found, left)
