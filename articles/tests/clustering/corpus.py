"""Reading drops for tests and tools that measure clustering.

Not the importer: it believes its input, and parses each distinct related entry
once, since lists repeat their entries some forty times.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from articles.clustering.problem import ClusterPage, RelatedList

_ENTRY = re.compile(r"^(?=  - )", re.MULTILINE)
_LINE_AT_MARGIN = re.compile(r"^\S", re.MULTILINE)
_TRACKING = re.compile(r"(utm_\w+|fbclid|gclid|ocid|cmpid|mc_cid|mc_eid)(=|$)", re.I)


@dataclass(frozen=True, slots=True)
class Corpus:
    """Pages and lists of some drops; `spellings` gives the key of every raw URL."""

    pages: tuple[ClusterPage, ...]
    lists: tuple[RelatedList, ...]
    spellings: dict[str, str]


def read_corpus(paths: Iterable[Path]) -> Corpus:
    """Read drops; a page's own drop tells more than entries that name it."""
    entries: dict[str, Any] = {}
    own: dict[str, ClusterPage] = {}
    linked: dict[str, ClusterPage] = {}
    lists: list[RelatedList] = []
    spellings: dict[str, str] = {}
    for path in sorted(paths):
        head, blocks = _cut(path.read_text(encoding="utf-8"))
        url, page = _page(yaml.load(head, yaml.CSafeLoader))
        spellings[url] = page.key
        own.setdefault(page.key, page)
        named = []
        for block in blocks:
            if block not in entries:
                entries[block] = _page(yaml.load(block, yaml.CSafeLoader)[0])
            url, other = entries[block]
            spellings[url] = other.key
            linked.setdefault(other.key, other)
            named.append(other.key)
        lists.append(RelatedList(page.key, tuple(named)))
    return Corpus(tuple((linked | own).values()), tuple(lists), spellings)


def _cut(text: str) -> tuple[str, Iterator[str]]:
    """Front matter without its related list, and the text of each entry."""
    front = text[4 : text.index("\n---", 3)] + "\n"
    begin = front.find("\nrelated:\n")
    if begin < 0:
        return front, iter(())
    rest = front[begin + len("\nrelated:\n") :]
    after = _LINE_AT_MARGIN.search(rest)
    end = after.start() if after else len(rest)
    blocks = (block for block in _ENTRY.split(rest[:end]) if block.strip())
    return front[: begin + 1] + rest[end:], blocks


def _page(given: dict[str, Any]) -> tuple[str, ClusterPage]:
    url = given.get("webUrl") or given["originalUrl"]
    at = given["publishedDateTime"]
    if isinstance(at, str):
        at = datetime.fromisoformat(at)
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at
    provider = (given.get("provider") or {}).get("domain") or ""
    return url, ClusterPage(
        key=_canonical(url),
        title=_clean(given.get("title")),
        excerpt=_clean(given.get("excerpt")),
        hours=at.timestamp() / 3600,
        provider=provider.lower().removeprefix("www."),
    )


def _clean(text: object) -> str:
    return " ".join(html.unescape(str(text or "")).split())


def _canonical(url: str) -> str:
    parts = urlsplit(url)
    kept = [p for p in parts.query.split("&") if p and not _TRACKING.match(p)]
    query = f"?{'&'.join(kept)}" if kept else ""
    return f"https://{parts.netloc.lower()}{parts.path}{query}"
