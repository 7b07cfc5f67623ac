"""Each file once, however often the paths of a run lead to it."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence

from .source import Source


def each_once(sources: Iterable[Source]) -> list[Source]:
    """The sources, of those that are one file only the first.

    A file that was found from several tops is called as from the highest one.
    """
    found: dict[Hashable, Source] = {}
    for number, source in enumerate(sources):
        key = (source.place, source.member) if source.place else number
        held = found.get(key)
        if held is None or _rank(held) < _rank(source):
            found[key] = source
    return _without_links(list(found.values()))


def clashing(sources: Sequence[Source]) -> dict[str, int]:
    """The source names that several files bear, and how many."""
    named: dict[str, int] = defaultdict(int)
    for source in sources:
        named[source.source_name] += source.usable
    return {name: count for name, count in named.items() if count > 1}


def _rank(source: Source) -> tuple[int, bool]:
    """How high the top is from which it was found; links come after what they name."""
    return source.file_name.count("/"), source.place.endswith(f"/{source.file_name}")


def _without_links(sources: list[Source]) -> list[Source]:
    """Without those that are one file under one name, by links or other mounts."""
    several = clashing(sources)
    if not several:
        return sources
    seen: set[Hashable] = set()
    kept = []
    for source in sources:
        if source.usable and source.source_name in several:
            key = source.source_name, _identity(source)
            if key in seen:
                continue
            seen.add(key)
        kept.append(source)
    return kept


def _identity(source: Source) -> Hashable:
    """What is the same for a file under all its paths."""
    try:
        held = os.stat(source.archive or source.place)
    except (OSError, ValueError):
        return source.place or id(source), source.member
    return held.st_dev, held.st_ino, source.member
