"""Copy the database into a file."""

from __future__ import annotations

import argparse
import sqlite3
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from articles.ingest.stopping import stopping
from articles.operating.contents import NoFile, Unusable, site_file
from articles.operating.copies import Interrupted, back_up
from articles.operating.failing import in_words

EPILOG = """exit codes: 0 done, 1 no backup was made (what was there stays),
2 wrong usage, or a database that is no file of SQLite, 130 interrupted"""


class Command(BaseCommand):
    help = (
        "Copy one moment of the database into a file, beside a running site and "
        "imports. The copy is examined before it takes its name."
    )
    # What is backed up before an update need not be up to date.
    requires_migrations_checks = False
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.epilog = EPILOG
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--overwrite", action="store_true", help="replace a file of that name"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        try:
            _refuse(file, overwrite=options["overwrite"])
            with stopping() as stopped:
                held = back_up(file, stop=lambda: bool(stopped))
        except Interrupted:
            raise CommandError(
                "interrupted; no backup was made", returncode=130
            ) from None
        except (Unusable, OSError, sqlite3.Error, DatabaseError) as error:
            raise CommandError(
                f"no backup was made in {file}: {in_words(error)}", returncode=1
            ) from None
        sys.stderr.write(f"{held} are in {file}.\n")


def _refuse(file: Path, *, overwrite: bool) -> None:
    """Refuse what would hide a file that is there, or the database itself."""
    try:
        live = site_file()
    except NoFile as reason:
        raise CommandError(str(reason), returncode=2) from None
    if file.is_dir():
        raise CommandError(f"{file} is a folder; name a file in it", returncode=2)
    if file.exists() and live.exists() and file.samefile(live):
        raise CommandError(f"{file} is the database itself", returncode=2)
    if file.exists() and not overwrite:
        raise CommandError(
            f"{file} is there already; --overwrite replaces it", returncode=2
        )
