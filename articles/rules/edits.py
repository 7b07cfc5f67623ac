"""What an editor sets of an article in place of what its drop says.

Each value is spelled in JSON, so that "" can say: back to the drop.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeAlias


class Picture(NamedTuple):
    """A picture by its address; "" is none. Width and height in pixels, if known."""

    url: str
    width: int | None = None
    height: int | None = None


Value: TypeAlias = str | Picture | tuple[str, ...]


class Edits(NamedTuple):
    """What an editor set of one article; None: what its drop says is shown."""

    headline: str | None = None
    excerpt: str | None = None
    picture: Picture | None = None
    topics: tuple[str, ...] | None = None


NONE = Edits()


def spelled(value: Value | None) -> str:
    """A value as a decision keeps it; None is "": back to the drop."""
    if value is None:
        return ""
    return json.dumps(list(value) if isinstance(value, tuple) else value)


def edits(made: Iterable[tuple[str, str]] | Mapping[str, str]) -> Edits:
    """What stands, from kinds of decisions with their values, the latest last."""
    latest = dict(made)
    return Edits(
        headline=_text(latest.get("headline", "")),
        excerpt=_text(latest.get("excerpt", "")),
        picture=_picture(latest.get("picture", "")),
        topics=_topics(latest.get("topics", "")),
    )


def _text(value: str) -> str | None:
    return str(json.loads(value)) if value else None


def _picture(value: str) -> Picture | None:
    return Picture(*json.loads(value)) if value else None


def _topics(value: str) -> tuple[str, ...] | None:
    return tuple(map(str, json.loads(value))) if value else None
