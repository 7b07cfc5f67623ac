"""Derive everything again from the drops and the decisions."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from articles.ingest.lock import AnotherImportRuns, import_lock
from articles.ingest.stopping import stopping
from articles.management.site_command import SiteCommand
from articles.models import Story
from articles.settle import mark_all, settle
from articles.settle.recount import recount

EPILOG = """exit codes: 0 all done, 2 wrong usage, 3 an import runs, 130 interrupted:
the next import, settle or rebuild_stories goes on"""


class Command(SiteCommand):
    help = "Cluster all articles again and derive what readers get, from scratch."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.epilog = EPILOG

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with import_lock(), stopping() as stopped:
                mark_all()
                recount(mend=True)
                done = settle(now=timezone.now(), stop=lambda: bool(stopped))
        except AnotherImportRuns:
            raise CommandError(
                "an import is running; nothing was rebuilt", returncode=3
            ) from None
        if not done:
            sys.stderr.write("Interrupted: run manage.py settle to go on.\n")
            sys.exit(130)
        sys.stderr.write(f"{Story.objects.count():,} stories.\n")
