"""Put a backup back."""

from __future__ import annotations

import argparse
import sqlite3
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from articles.ingest.lock import AnotherImportRuns, import_lock
from articles.ingest.stopping import stopping
from articles.operating.contents import NoFile, Unusable, site_file
from articles.operating.copies import Interrupted, Restored, restore
from articles.operating.failing import in_words
from articles.operating.migrations import missing

EPILOG = """exit codes: 0 done, 1 the backup cannot be used, or the database not be
written, 2 wrong usage, or a database that is no file of SQLite, 3 an import runs,
130 interrupted; with all but 0 nothing was touched"""


class Command(BaseCommand):
    help = (
        "Let the database hold what a backup holds. The backup is examined first, "
        "and what the database held is kept in a file beside it. Servers may run."
    )
    requires_migrations_checks = False
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.epilog = EPILOG
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        try:
            _refuse(file)
            with import_lock(), stopping() as stopped:
                done = restore(file, now=timezone.now(), stop=lambda: bool(stopped))
        except AnotherImportRuns:
            raise CommandError(
                "an import is running; nothing was restored", returncode=3
            ) from None
        except Interrupted:
            raise CommandError(
                "interrupted; nothing was restored", returncode=130
            ) from None
        except (Unusable, OSError, sqlite3.Error, DatabaseError) as error:
            raise CommandError(
                f"{file} was not restored: {in_words(error)}", returncode=1
            ) from None
        sys.stderr.write(_told(done))


def _refuse(file: Path) -> None:
    """Refuse what is no file of its own."""
    try:
        live = site_file()
    except NoFile as reason:
        raise CommandError(str(reason), returncode=2) from None
    if not file.is_file():
        raise CommandError(f"there is no file {file}", returncode=2)
    if live.exists() and file.samefile(live):
        raise CommandError(f"{file} is the database itself", returncode=2)


def _told(done: Restored) -> str:
    told = f"{done.contents} are in the database now.\n"
    if done.kept:
        told += f"What it held is kept in {done.kept}; delete it when all is well.\n"
    if missing(done.contents.migrations):
        told += "The backup is older than the code: run manage.py migrate.\n"
    return told
