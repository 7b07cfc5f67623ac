"""Taking back what an import brought, and taking that back in turn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
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

BATCH = 50  # drops


@dataclass(frozen=True, slots=True)
class Undone:
    """The names of the sources concerned, and whether it was ended before its end."""

    sources: tuple[str, ...]
    interrupted: bool = False


def undo_run(
    run: ImportRun,
    *,
    author: str,
    why: str,
    now: datetime,
    stop: Callable[[], bool] = lambda: False,
) -> Undone:
    """Set aside all that a run brought.

    Each source falls back to its newest version that is not set aside; one that has
    none is no article any more. Some sources at a time are a transaction, and `stop`
    is asked between them: run again, it goes on with the others.
    """
    return _decide(run, Verdict(Decision.Kind.SET_ASIDE, author, why, now), stop)


def redo_run(
    run: ImportRun,
    *,
    author: str,
    why: str,
    now: datetime,
    stop: Callable[[], bool] = lambda: False,
) -> Undone:
    """Take back an undo of this run."""
    return _decide(run, Verdict(Decision.Kind.REINSTATE, author, why, now), stop)


def _decide(run: ImportRun, verdict: Verdict, stop: Callable[[], bool]) -> Undone:
    held = list(run.versions.order_by("pk").values_list("drop", flat=True))
    done: list[str] = []
    ended = False
    for some in chunks(dict.fromkeys(held), BATCH):
        if ended := stop():
            break
        with writing():
            done += _decide_some(run, some, verdict)
    ended = ended or not settle(now=verdict.at, stop=stop)
    return Undone(tuple(sorted(done)), ended)


def _decide_some(run: ImportRun, some: Sequence[int], verdict: Verdict) -> list[str]:
    """Decide about what a run brought of some drops; return their names."""
    versions = list(
        run.versions.filter(drop__in=some).select_related("drop").order_by("pk")
    )
    decide(versions, verdict)
    drops = {version.drop_id: version.drop for version in versions}
    _fall_back(list(drops.values()), now=verdict.at)
    return [drop.source_name for drop in drops.values()]


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
