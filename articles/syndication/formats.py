"""RSS 2.0 and Atom as they are written out: steady, and XML whatever is in them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed

# What no XML may hold: one such character would break the whole feed.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class _Steady(SyndicationFeed):
    """A feed that stays the same while nothing is in it, where Django's says "now"."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*map(_fit, given), **_all_fit(named))

    def add_item(self, *given: Any, **named: Any) -> None:
        super().add_item(*map(_fit, given), **_all_fit(named))

    def latest_post_date(self) -> datetime:
        if not self.items:
            return datetime.fromtimestamp(0, UTC)
        return super().latest_post_date()


class Rss(_Steady, Rss201rev2Feed):
    pass


class Atom(_Steady, Atom1Feed):
    pass


def _all_fit(named: dict[str, Any]) -> dict[str, Any]:
    return {name: _fit(value) for name, value in named.items()}


def _fit(value: Any) -> Any:
    if isinstance(value, str):
        return _UNFIT.sub("", value)
    return [_fit(one) for one in value] if isinstance(value, list) else value
