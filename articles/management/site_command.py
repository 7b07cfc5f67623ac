"""What all commands share: a database in order, and no traceback where it is not."""

from __future__ import annotations

import sqlite3
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor

from articles.ingest.obstacles import Hindered, file_trouble, first_line, obstacle
from articles.rules.phrasing import counted, one_line

# What is the machine's fault, and can be told in a sentence.
TROUBLES = (Error, sqlite3.Error, Hindered, OSError)


class SiteCommand(BaseCommand):
    """A command on the site's database.

    What is in its way (migrations that did not run, a full or read-only disk, a file
    that is no database) is one line and exit code 2. With `--traceback` the whole
    story is told.
    """

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            _refuse_unmigrated()
            return super().execute(*args, **options)
        except TROUBLES as error:
            raise CommandError(in_words(error), returncode=2) from error
        except KeyboardInterrupt:
            self.stderr.write("Interrupted.", style_func=str)
            sys.exit(130)


def in_words(error: Exception) -> str:
    """One of the TROUBLES as one line."""
    if isinstance(error, OSError):
        return one_line(file_trouble(error))
    if isinstance(error, Hindered):
        return one_line(str(error))
    return one_line(obstacle(error) or f"the database refuses: {first_line(error)}")


def _refuse_unmigrated() -> None:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        missing = counted(len(plan), "migration")
        raise CommandError(
            f"the database lacks {missing}: run manage.py migrate", returncode=2
        )
