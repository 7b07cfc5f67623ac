"""Count again what pages show as kept counts."""

from __future__ import annotations

import sys
from typing import Any

from articles.management.site_command import SiteCommand
from articles.rules.phrasing import counted
from articles.settle.recount import recount


class Command(SiteCommand):
    help = (
        "Count stories and pages by day, topic and publisher again, and put kept "
        "counts right that differ."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = recount(mend=True)
        mended = f"{counted(wrong, 'count')} put right.\n"
        sys.stderr.write(mended if wrong else "All counts are right.\n")
