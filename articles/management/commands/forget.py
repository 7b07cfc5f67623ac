"""Erase a source for good."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from articles.ingest.lock import AnotherImportRuns, import_lock
from articles.ingest.undoing.forget import forget
from articles.management.site_command import SiteCommand
from articles.models import Drop
from articles.rules.phrasing import counted


class Command(SiteCommand):
    help = (
        "Erase the bytes, versions and text of a source, for take-downs. The same "
        "bytes are refused later. This cannot be undone."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("source", help="path of the drop without its extension")
        parser.add_argument("--yes", action="store_true", help="ask no more")
        parser.add_argument("--by", default="the command line", help="who decides")
        parser.add_argument("--why", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["yes"] and not _confirmed(options["source"]):
            raise CommandError("nothing was erased", returncode=2)
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
            raise _unknown(options["source"]) from None
        sys.stderr.write(f"{erased} versions of {options['source']} erased.\n")


def _confirmed(source: str) -> bool:
    """Whether somebody at the terminal wants it; without a terminal it is refused."""
    drop = Drop.objects.filter(source_name=source).first()
    if drop is None:
        raise _unknown(source)
    if not sys.stdin or not sys.stdin.isatty():
        raise CommandError(
            "what is forgotten cannot be brought back: say --yes", returncode=2
        )
    versions = counted(drop.versions.count(), "version")
    sys.stderr.write(f"Erase {versions} of {source} for good? [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _unknown(source: str) -> CommandError:
    return CommandError(f"no drop is called {source!r}", returncode=2)
