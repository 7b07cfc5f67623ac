"""Versions that are not to be used: set aside by an undo, or forgotten.

Both are decisions, so that no import brings back by itself what a person took
away.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.contrib.admin.models import LogEntry
from django.db import connection, transaction

from articles.drops.layout import split_pieces
from articles.drops.reading import read_drop
from articles.models import (
    Alias,
    Article,
    Decision,
    Drop,
    DropVersion,
    ImportRun,
    Mention,
    Piece,
    Provider,
    Topic,
)
from articles.models.bulk import chunks
from articles.search import purge
from articles.settle import settle
from articles.settle.names import name_providers, name_topics

from .drop_store import Arrival, piece_ids, raw_bytes
from .load import Incoming, load_batch, mark_stale
from .names import Names

ABOUT_VERSIONS = (
    Decision.Kind.SET_ASIDE,
    Decision.Kind.REINSTATE,
    Decision.Kind.FORGET,
)


def refused(versions: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Decision]:
    """Which of these (source name, digest in hex) are not to be used, and why.

    What was forgotten is refused under any name; what was set aside under its own.
    """
    wanted = list(versions)
    latest: dict[tuple[str, str], Decision] = {}
    forgotten: dict[str, Decision] = {}
    for some in chunks({digest for _, digest in wanted}):
        made = Decision.objects.filter(kind__in=ABOUT_VERSIONS, digest__in=some)
        for decision in made.order_by("at", "pk"):
            if decision.kind == Decision.Kind.FORGET:
                forgotten[decision.digest] = decision
            else:
                latest[decision.source_name, decision.digest] = decision
    found = {
        key: latest[key]
        for key in wanted
        if key in latest and latest[key].kind == Decision.Kind.SET_ASIDE
    }
    return found | {key: forgotten[key[1]] for key in wanted if key[1] in forgotten}


def undo_run(run: ImportRun, *, author: str, why: str, now: datetime) -> list[str]:
    """Set aside all that a run brought; return the names of the sources concerned.

    Each falls back to its newest version that is not set aside; one that has none
    is no article any more.
    """
    return _decide(Decision.Kind.SET_ASIDE, run, author=author, why=why, now=now)


def redo_run(run: ImportRun, *, author: str, why: str, now: datetime) -> list[str]:
    """Take back an undo of this run."""
    return _decide(Decision.Kind.REINSTATE, run, author=author, why=why, now=now)


def forget(source_name: str, *, author: str, why: str, now: datetime) -> int:
    """Erase the bytes, versions and text of a source; return how many versions.

    What SQLite leaves of them in its files is overwritten once no transaction of
    the caller is open. Decisions about it stay, and refuse the same bytes later. Raises
    Drop.DoesNotExist.
    """
    with transaction.atomic():
        drop = Drop.objects.get(source_name=source_name)
        versions = list(drop.versions.all())
        Decision.objects.bulk_create(
            _about(version, source_name, Decision.Kind.FORGET, author, why, now)
            for version in versions
        )
        _remove_article(source_name)
        _unsay(drop.file_name)
        drop.delete()
        _drop_pieces({pk for version in versions for pk in piece_ids(version)})
        settle(now=now)
        Topic.objects.filter(labels=None, labelled=None).delete()
        Provider.objects.filter(articles=None, pages=None, related_links=None).delete()
        purge()
    transaction.on_commit(_wipe)
    return len(versions)


def _decide(
    kind: Decision.Kind, run: ImportRun, *, author: str, why: str, now: datetime
) -> list[str]:
    with transaction.atomic():
        versions = list(run.versions.select_related("drop").order_by("pk"))
        Decision.objects.bulk_create(
            _about(version, version.drop.source_name, kind, author, why, now)
            for version in versions
        )
        drops = {version.drop_id: version.drop for version in versions}
        for some in chunks(drops.values(), 100):
            _fall_back(some, now=now)
        settle(now=now)
    return sorted(drop.source_name for drop in drops.values())


def _about(
    version: DropVersion,
    source_name: str,
    kind: Decision.Kind,
    author: str,
    why: str,
    now: datetime,
) -> Decision:
    return Decision(
        kind=kind,
        source_name=source_name,
        digest=bytes(version.digest).hex(),
        author=author,
        why=why,
        at=now,
    )


def _fall_back(drops: Sequence[Drop], *, now: datetime) -> None:
    """Make the newest usable version of each of these drops its current one."""
    incoming = []
    for drop in drops:
        versions = list(drop.versions.order_by("-import_run", "-pk"))
        keys = {
            version.pk: (drop.source_name, bytes(version.digest).hex())
            for version in versions
        }
        aside = refused(keys.values())
        usable = [version for version in versions if keys[version.pk] not in aside]
        if not usable:
            _remove_article(drop.source_name)
            Drop.objects.filter(pk=drop.pk).update(current=None)
        elif usable[0].pk != drop.current_id:
            incoming.append(from_archive(drop, usable[0]))
    if incoming:
        load_batch(incoming, run=None, names=Names(), now=now)


def from_archive(drop: Drop, version: DropVersion) -> Incoming:
    """A stored version as if it came in again."""
    raw = raw_bytes(version)
    read = read_drop(raw)
    if read.drop is None:
        raise ValueError(f"a stored version of {drop.source_name} cannot be read")
    arrival = Arrival(
        source_name=drop.source_name,
        file_name=drop.file_name,
        digest=bytes(version.digest),
        size=len(raw),
        pieces=tuple(split_pieces(raw)),
    )
    return Incoming(arrival, read.drop)


def _remove_article(source_name: str) -> None:
    article = Article.objects.filter(source_name=source_name).first()
    if article is None:
        return
    named = Mention.objects.filter(article=article).values_list("page", flat=True)
    mark_stale({article.page_id, *named})
    Alias.objects.update_or_create(
        public_id=article.public_id, defaults={"page_id": article.page_id}
    )
    topics = list(article.topics.values_list("pk", flat=True))
    LogEntry.objects.filter(
        content_type__app_label="articles",
        content_type__model="article",
        object_id=str(article.pk),
    ).update(object_repr=source_name[:200])
    article.delete()
    name_providers([article.provider_id])
    name_topics(topics)


def _unsay(file_name: str) -> None:
    """Take what was said about a file's content out of the records of runs."""
    for run in ImportRun.objects.exclude(problems=[]).iterator():
        said = [
            problem | {"field": "", "message": "(forgotten)"}
            if problem["path"].endswith(file_name)
            else problem
            for problem in run.problems
        ]
        if said != run.problems:
            run.problems = said
            run.save(update_fields=["problems"])


def _drop_pieces(candidates: set[int]) -> None:
    """Delete those of the pieces that no version uses any more."""
    for version in DropVersion.objects.only("pieces").iterator():
        candidates -= set(piece_ids(version))
    for some in chunks(candidates):
        Piece.objects.filter(pk__in=some).delete()


def _wipe() -> None:
    """Overwrite what SQLite leaves of deleted rows in its files."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
