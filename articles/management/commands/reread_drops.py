"""Read the kept drops again."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from articles.ingest.lock import AnotherImportRuns, import_lock
from articles.ingest.report import FileProblem
from articles.ingest.reread import Reread, reread
from articles.ingest.stopping import stopping
from articles.management.site_command import SiteCommand

EPILOG = """exit codes: 0 all read again, 1 some drops are refused now (they keep what
they have), 2 wrong usage, 3 an import runs, 130 interrupted"""


class Command(SiteCommand):
    help = (
        "Derive articles, lists and wordings again from the kept bytes of the drops "
        "that older rules have read. Interrupted, it goes on when run again."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.epilog = EPILOG
        parser.add_argument(
            "--all",
            action="store_true",
            help="read every drop, whatever rules have read it",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with import_lock(), stopping() as stopped:
                done = reread(
                    now=timezone.now(),
                    every=options["all"],
                    stop=lambda: bool(stopped),
                    refuse=self._say,
                )
        except AnotherImportRuns:
            raise CommandError(
                "an import is running; nothing was read again", returncode=3
            ) from None
        sys.stderr.write(_in_words(done))
        if done.exit_code:
            sys.exit(done.exit_code)

    def _say(self, problem: FileProblem) -> None:
        self.stderr.write(str(problem), style_func=str)


def _in_words(done: Reread) -> str:
    words = f"{done.read:,} drops read again, {done.changed:,} of them changed"
    if done.reworded:
        words += f"; {done.reworded:,} wordings of lists changed"
    if done.refused:
        words += f"; {done.refused:,} refused: they keep what they have"
    if done.interrupted:
        words += "; interrupted: run it again to go on"
    return f"{words}.\n"
