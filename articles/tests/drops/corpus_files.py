"""Where the shared corpus lies, beside the checkout; tests skip where it does not."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

_SHARED = Path(__file__).resolve().parents[4] / "shared"
BAD_DROPS = _SHARED / "corpus" / "bad-drops"
_DROPS = _SHARED / "corpus" / "drops.tar.xz"

needs_corpus = pytest.mark.skipif(
    not _DROPS.exists(), reason="the shared corpus is not beside this checkout"
)


def real_drops() -> Iterator[tuple[str, bytes]]:
    """Yield names and bytes of the real drops without unpacking them to disk."""
    with tarfile.open(_DROPS, "r|xz") as archive:
        for member in archive:
            held = archive.extractfile(member)
            if held is not None:
                yield member.name, held.read()
