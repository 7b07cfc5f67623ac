"""Two views of a drop to compare: the parser's, and PyYAML's own through SafeLoader.

The second shares nothing with the parser but PyYAML's scanner in Python: it builds the
whole front matter and reads it with a few plain lines.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import yaml


def seen_by_pyyaml(raw):
    """Return what SafeLoader makes of a drop that the parser has accepted."""
    lines = raw.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
    lines = lines.replace("\r", "\n").split("\n")
    assert lines[0].rstrip(" \t") == "---"
    end = next(i for i, line in enumerate(lines) if i and line.rstrip(" \t") == "---")
    loaded = yaml.load("\n".join(lines[1:end]) + "\n", TextLoader)
    view = _page(loaded)
    view["heat"] = _number(loaded.get("heat"), -1)
    view["published"] = (loaded.get("published") or "").lower() in ("true", "yes", "on")
    view["related"] = [
        _page(e) for e in _list(loaded.get("related")) if type(e) is dict
    ]
    return view


def seen_by_the_parser(drop):
    """Return the same view of a Drop."""
    view = _entry(drop)
    view["webUrl"] = drop.web_url or None
    view["heat"], view["published"] = drop.heat, drop.published
    view["related"] = [_entry(entry) for entry in drop.related]
    return view


class TextLoader(yaml.SafeLoader):
    """SafeLoader that leaves scalars as they are written, nulls aside."""


TextLoader.yaml_implicit_resolvers = {
    letter: [(tag, rule) for tag, rule in rules if tag.endswith((":null", ":merge"))]
    for letter, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _page(loaded):
    return {
        "title": loaded.get("title"),
        "webUrl": loaded.get("webUrl"),
        "published_at": _moment(loaded.get("publishedDateTime")),
        "quality": _number(loaded.get("quality"), 0),
        "images": [
            i.get("url") for i in _list(loaded.get("images")) if type(i) is dict
        ],
        "excerpt": loaded.get("excerpt") or "",
    }


def _entry(entry):
    return {
        "title": entry.title,
        "webUrl": entry.web_url,
        "published_at": entry.published_at,
        "quality": entry.quality or 0,
        "images": [image.url for image in entry.images],
        "excerpt": entry.excerpt,
    }


def _list(value):
    return value if isinstance(value, list) else []


def _number(text, default):
    value = yaml.safe_load(text) if isinstance(text, str) else None
    return value if type(value) is int else default


def _moment(text):
    try:
        value = yaml.safe_load(text) if isinstance(text, str) else None
    except ValueError:  # 32 May, 25 o'clock
        return None
    if isinstance(value, datetime):
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
    if isinstance(value, date):
        return datetime.combine(value, time(), UTC)
    return None
