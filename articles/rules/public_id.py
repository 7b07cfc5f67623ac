"""Public ids, derived from what they name: never counters.

12 characters of a-z and 2-7 are 60 bits: among a million ids the odds that any two
are equal are 1 in 2.3 million, among a hundred million 1 in 230.
"""

from __future__ import annotations

import base64
import hashlib

ID_LENGTH = 12


def article_id(source_name: str) -> str:
    """Return the id of the article that a source (path of its drop) updates."""
    return _short_hash(source_name, b"article")


def page_id(canonical_url: str) -> str:
    """Return the id of the page that has this canonical URL."""
    return _short_hash(canonical_url, b"page")


def next_id(public_id: str) -> str:
    """Return the id of a story whose pages' ids, this the first, lead elsewhere."""
    return _short_hash(public_id, b"story")


def _short_hash(text: str, purpose: bytes) -> str:
    # Another purpose, another hash: a source named like a URL is not that page.
    # File names may hold bytes that are no UTF-8, which Python gives as surrogates.
    digest = hashlib.blake2b(
        text.encode("utf-8", "surrogatepass"), digest_size=8, person=purpose
    ).digest()
    return base64.b32encode(digest).decode("ascii").lower()[:ID_LENGTH]
