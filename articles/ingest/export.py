"""Drops back to files, byte for byte."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

from articles.drops.published import CannotSay, with_published
from articles.ingest.storing.drop_store import raw_bytes
from articles.models import Article, Drop


class UnsafeName(Exception):
    """A stored file name would leave the folder it is written to."""


def export(folder: Path, *, apply_decisions: bool = False) -> int:
    """Write every drop's current version below a folder; return how many.

    With `apply_decisions` the value of the top-level `published` is what readers
    get wherever an editor decided otherwise than the drop. A file is complete or
    not there. Raises OSError, UnsafeName and CannotSay, after which the rest is
    not written.
    """
    written = 0
    drops = Drop.objects.exclude(current=None).select_related("current")
    for drop in drops.order_by("pk").iterator(chunk_size=200):
        assert drop.current is not None
        raw = raw_bytes(drop.current)
        if apply_decisions:
            raw = _decided(drop.source_name, raw)
        _write(folder, drop.file_name, raw)
        written += 1
    return written


def _decided(source_name: str, raw: bytes) -> bytes:
    article = Article.objects.filter(source_name=source_name).first()
    if article is None or article.decided in (None, article.drop_published):
        return raw
    try:
        return with_published(raw, published=article.decided)
    except CannotSay:
        raise CannotSay(
            f"{source_name}: its `published` cannot be changed alone"
        ) from None


def _write(folder: Path, file_name: str, raw: bytes) -> None:
    name = PurePosixPath(file_name)
    if name.is_absolute() or ".." in name.parts:
        raise UnsafeName(f"{file_name}: does not stay below {folder}")
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    begun = path.with_name(f".{path.name}.part")
    begun.write_bytes(raw)
    os.replace(begun, path)
