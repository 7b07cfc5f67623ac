"""What all commands share: a database in order, and no traceback where it is not."""

from __future__ import annotations

import sqlite3
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor

from articles.ingest.obstacles import Hindered, file_trouble, first_line, obstacle
from articles.rules.phrasing import counted


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
        except (Error, sqlite3.Error) as error:
            raise CommandError(database_trouble(error), returncode=2) from error
        except Hindered as error:
            raise CommandError(str(error), returncode=2) from error
        except OSError as error:
            raise CommandError(file_trouble(error), returncode=2) from error
        except KeyboardInterrupt:
            self.stderr.write("Interrupted.", style_func=str)
            sys.exit(130)


def database_trouble(error: Exception) -> str:
    """A failure of the database as one line."""
    return obstacle(error) or f"the database refuses: {first_line(error)}"


def _refuse_unmigrated() -> None:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        missing = counted(len(plan), "migration")
        raise CommandError(
            f"the database lacks {missing}: run manage.py migrate", returncode=2
        )
