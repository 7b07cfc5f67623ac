"""Set aside what an import brought."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from articles.ingest.lock import AnotherImportRuns, import_lock
from articles.ingest.stopping import stopping
from articles.ingest.undoing.undo import redo_run, undo_run
from articles.management.site_command import SiteCommand
from articles.models import ImportRun


class Command(SiteCommand):
    help = (
        "Set aside the versions that an import brought: each source falls back to "
        "its newest other version. A decision, so no later import undoes it."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("run", type=int, help="number of the import run")
        parser.add_argument("--redo", action="store_true", help="take the undo back")
        parser.add_argument("--by", default="the command line", help="who decides")
        parser.add_argument("--why", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        run = ImportRun.objects.filter(pk=options["run"]).first()
        if run is None:
            raise CommandError(f"there is no import run {options['run']}", returncode=2)
        act = redo_run if options["redo"] else undo_run
        try:
            with import_lock(), stopping() as stopped:
                undone = act(
                    run,
                    author=options["by"],
                    why=options["why"],
                    now=timezone.now(),
                    stop=lambda: bool(stopped),
                )
        except AnotherImportRuns:
            raise CommandError(
                "an import is running; nothing was undone", returncode=3
            ) from None
        done = "reinstated" if options["redo"] else "set aside"
        goes_on = "; interrupted: run it again to go on" if undone.interrupted else ""
        sys.stderr.write(f"{len(undone.sources)} versions {done}{goes_on}.\n")
        for name in undone.sources:
            self.stdout.write(name)
        if undone.interrupted:
            sys.exit(130)
