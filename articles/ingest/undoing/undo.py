"""Taking back what an import brought, and taking that back in turn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from articles.drops import drop as drop_rules
from articles.drops.reading import read_drop
from articles.ingest.storing.drop_store import raw_bytes
from articles.ingest.storing.load import load_held
from articles.ingest.storing.names import Names
from articles.models import Decision, Drop, DropVersion, ImportRun
from articles.models.bulk import chunks, save_fields
from articles.models.writing import writing
from articles.settle import settle

from .refusals import Verdict, decide, refused
from .removal import remove_article


def undo_run(run: ImportRun, *, author: str, why: str, now: datetime) -> list[str]:
    """Set aside all that a run brought; return the names of the sources concerned.

    Each falls back to its newest version that is not set aside; one that has none
    is no article any more.
    """
    return _decide(run, Verdict(Decision.Kind.SET_ASIDE, author, why, now))


def redo_run(run: ImportRun, *, author: str, why: str, now: datetime) -> list[str]:
    """Take back an undo of this run."""
    return _decide(run, Verdict(Decision.Kind.REINSTATE, author, why, now))


def _decide(run: ImportRun, verdict: Verdict) -> list[str]:
    with writing():
        versions = list(run.versions.select_related("drop").order_by("pk"))
        decide(versions, verdict)
        drops = {version.drop_id: version.drop for version in versions}
        for some in chunks(drops.values(), 100):
            _fall_back(some, now=verdict.at)
        settle(now=verdict.at)
    return sorted(drop.source_name for drop in drops.values())


def _fall_back(drops: Sequence[Drop], *, now: datetime) -> None:
    """Make the newest usable version of each of these drops its current one."""
    read: dict[str, drop_rules.Drop] = {}
    moved = []
    for drop in drops:
        version = _newest_usable(drop)
        if (version and version.pk) == drop.current_id:
            continue
        if version is None:
            remove_article(drop.source_name)
        else:
            read[drop.source_name] = _read(drop, version)
        drop.current = version
        moved.append(drop)
    if read:
        load_held(read, names=Names(), now=now)
    save_fields(moved, ["current"])


def _newest_usable(drop: Drop) -> DropVersion | None:
    versions = list(drop.versions.order_by("-import_run", "-pk"))
    keys = {
        version.pk: (drop.source_name, bytes(version.digest).hex())
        for version in versions
    }
    aside = refused(keys.values())
    return next((one for one in versions if keys[one.pk] not in aside), None)


def _read(drop: Drop, version: DropVersion) -> drop_rules.Drop:
    reading = read_drop(raw_bytes(version))
    if reading.drop is None:
        raise ValueError(f"a stored version of {drop.source_name} cannot be read")
    return reading.drop
