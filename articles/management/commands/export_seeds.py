"""Write every drop back."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from articles.drops.published import CannotSay
from articles.ingest.export import UnsafeName, export
from articles.management.site_command import SiteCommand


class Command(SiteCommand):
    help = "Write the current version of every drop into a folder, byte for byte."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument(
            "--apply-decisions",
            action="store_true",
            help="let `published` say what editors decided; nothing else differs",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            written = export(
                options["folder"], apply_decisions=options["apply_decisions"]
            )
        except (OSError, UnsafeName, CannotSay) as error:
            raise CommandError(str(error), returncode=1) from None
        sys.stderr.write(f"{written:,} drops written to {options['folder']}.\n")
