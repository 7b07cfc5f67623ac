"""Search, behind one face: what a reader asks, and what keeps the index in step."""

from __future__ import annotations

from .asked import NARROWED
from .entries import index, purge, reindex
from .hit import STORY, Hit, Rank
from .hyphens import mended
from .marking import Marked, marked, marked_name, snippet
from .query import MOST_CHARACTERS, MOST_WORDS, Clause, SearchQuery, parse
from .questions import (
    NEWEST,
    RANKED,
    Fit,
    Found,
    best_hits,
    hits_of,
    matching,
    near_hits,
    newest_hits,
    spread_hits,
    unknown_names,
)
from .spelling import Respelled, better_known, respelled

__all__ = [
    "MOST_CHARACTERS",
    "MOST_WORDS",
    "NARROWED",
    "NEWEST",
    "RANKED",
    "STORY",
    "Clause",
    "Fit",
    "Found",
    "Hit",
    "Marked",
    "Rank",
    "Respelled",
    "SearchQuery",
    "best_hits",
    "better_known",
    "hits_of",
    "index",
    "marked",
    "marked_name",
    "matching",
    "mended",
    "near_hits",
    "newest_hits",
    "parse",
    "purge",
    "reindex",
    "respelled",
    "snippet",
    "spread_hits",
    "unknown_names",
]
