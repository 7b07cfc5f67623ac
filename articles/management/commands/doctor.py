"""Say what is wrong with this installation."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from articles.ingest.lock import AnotherImportRuns, import_lock
from articles.operating.doctor import look_over
from articles.operating.failing import in_words
from articles.rules.phrasing import counted

EPILOG = "exit codes: 0 all is well, 1 something is wrong, 2 wrong usage"


class Command(BaseCommand):
    help = (
        "Look at settings, static files, cache, SQLite, the database, migrations, "
        "what imports left, kept counts, and the clock; say what is wrong, why it "
        "matters and what to do. Changes nothing."
    )
    requires_migrations_checks = False
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.epilog = EPILOG

    def handle(self, *args: Any, **options: Any) -> None:
        importing, wrong = False, 0
        try:
            with import_lock():
                pass
        except AnotherImportRuns:
            importing = True
            self.stdout.write("imports: one is running")
        except OSError as error:
            wrong += 1
            self.stdout.write(
                f"imports: import.lock cannot be opened: {in_words(error)}"
            )
        for name, findings in look_over(importing=importing, now=timezone.now()):
            wrong += len(findings)
            for said in findings or ("fine",):
                self.stdout.write(f"{name}: {said}")
        if wrong:
            self.stdout.write(f"\n{counted(wrong, 'thing')} to mend.")
            sys.exit(1)
        self.stdout.write("\nAll is well.")
