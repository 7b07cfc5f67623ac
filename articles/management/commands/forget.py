"""Erase a source for good."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from articles.ingest.lock import AnotherImportRuns, import_lock
from articles.ingest.undoing.forget import forget
from articles.models import Drop


class Command(BaseCommand):
    help = (
        "Erase the bytes, versions and text of a source, for take-downs. The same "
        "bytes are refused later. This cannot be undone."
    )
    requires_migrations_checks = True

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("source", help="path of the drop without its extension")
        parser.add_argument("--by", default="the command line", help="who decides")
        parser.add_argument("--why", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with import_lock():
                erased = forget(
                    options["source"],
                    author=options["by"],
                    why=options["why"],
                    now=timezone.now(),
                )
        except AnotherImportRuns:
            raise CommandError(
                "an import is running; nothing was erased", returncode=3
            ) from None
        except Drop.DoesNotExist:
            raise CommandError(
                f"no drop is called {options['source']!r}", returncode=2
            ) from None
        sys.stderr.write(f"{erased} versions of {options['source']} erased.\n")
