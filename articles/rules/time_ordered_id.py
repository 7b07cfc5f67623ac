"""Numbers for rows that are to be found newest first, without sorting."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

_HASH_BITS = 29
# From 1697 to 2242: 34 bits of seconds. What is older or later counts as these.
_BEGIN = -(2**33)
_LAST_SECOND = 2**34 - 1


def first_id_at(at: datetime) -> int:
    """No id of this moment or a later one is less, and no earlier one as large."""
    return _second(at) << _HASH_BITS


def time_ordered_id(at: datetime, name: str) -> int:
    """A positive number of 63 bits that grows with the second; ties fall by name."""
    digest = hashlib.blake2b(
        name.encode("utf-8", "surrogatepass"), digest_size=4, person=b"order"
    ).digest()
    low = int.from_bytes(digest, "big") >> (32 - _HASH_BITS)
    return _second(at) << _HASH_BITS | low


def _second(at: datetime) -> int:
    second = int((at - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds()) - _BEGIN
    return min(max(second, 0), _LAST_SECOND)
