"""Write every drop back."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from articles.ingest.export import export
from articles.management.site_command import SiteCommand
from articles.rules.phrasing import counted, one_line

EPILOG = """exit codes: 0 all written, 1 some drops could not be (the rest is written),
2 wrong usage, or a folder or disk that cannot be written"""


class Command(SiteCommand):
    help = "Write the current version of every drop into a folder, byte for byte."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.epilog = EPILOG
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument(
            "--apply-decisions",
            action="store_true",
            help="let `published` say what editors decided; nothing else differs",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        left_out = 0

        def leave_out(file_name: str, reason: str) -> None:
            nonlocal left_out
            left_out += 1
            self.stderr.write(one_line(f"{file_name}: {reason}"), style_func=str)

        written = export(
            options["folder"],
            apply_decisions=options["apply_decisions"],
            leave_out=leave_out,
        )
        done = f"{counted(written, 'drop')} written to {options['folder']}"
        if left_out:
            raise CommandError(f"{done}, {left_out:,} left out", returncode=1)
        sys.stderr.write(f"{done}.\n")
