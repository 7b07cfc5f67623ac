"""Erasing a source for good, for take-downs."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction

from articles.ingest.storing.drop_store import piece_ids
from articles.library.decisions import EDIT_KINDS
from articles.models import (
    Decision,
    Drop,
    DropVersion,
    ImportRun,
    Piece,
)
from articles.models.bulk import chunks
from articles.models.writing import writing
from articles.pictures.getting import shelf
from articles.search import purge
from articles.settle import settle, settle_pages
from articles.settle.unused import remove_unused

from .desk_log import clear_log
from .refusals import Verdict, decide
from .removal import remove_article

EDITORS_WORDS = (*EDIT_KINDS, Decision.Kind.TITLE, Decision.Kind.NOTE)


def forget(source_name: str, *, author: str, why: str, now: datetime) -> int:
    """Erase the bytes, versions and text of a source; return how many versions.

    What SQLite leaves of them in its files is overwritten once no transaction of
    the caller is open. Decisions about it stay, and refuse the same bytes later. Raises
    Drop.DoesNotExist.
    """
    with writing():
        drop = Drop.objects.get(source_name=source_name)
        versions = list(drop.versions.select_related("drop"))
        decide(versions, Verdict(Decision.Kind.FORGET, author, why, now))
        clear_log(source_name, versions)
        # An editor's words about it may repeat its own: back to the drop, and gone.
        edits = Decision.objects.filter(kind__in=EDITORS_WORDS)
        edits.filter(source_name=source_name).update(value="")
        concerned = remove_article(source_name)
        _unsay(drop.file_name)
        drop.delete()
        _drop_pieces({pk for version in versions for pk in piece_ids(version)})
        # Nothing of it is shown from here on; what it was compared with can wait.
        settle_pages(concerned, wholly=True, now=now)
        remove_unused()
        purge()
    settle(now=now)
    transaction.on_commit(_wipe)
    # Which pictures are of other articles as well is not known there: all go.
    transaction.on_commit(shelf().empty)
    return len(versions)


def _unsay(file_name: str) -> None:
    """Take what was said about a file's content out of the records of runs."""
    for run in ImportRun.objects.exclude(problems=[]).iterator():
        said = [
            problem | {"field": "", "message": "(forgotten)"}
            if f"/{problem['path']}".endswith((f"/{file_name}", f":{file_name}"))
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
