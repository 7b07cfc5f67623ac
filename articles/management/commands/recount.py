"""Count again what pages show as kept counts."""

from __future__ import annotations

import sys
from typing import Any

from articles.management.site_command import SiteCommand
from articles.rules.phrasing import counted
from articles.settle.queue import queue_again
from articles.settle.rank import rank_again
from articles.settle.recount import recount


class Command(SiteCommand):
    help = (
        "Count stories and articles by day, topic and publisher again, rank top "
        "stories again, and correct what differs: after a change of HALF_LIFE, or "
        "where doctor says so."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = recount(mend=True)
        mended = f"{counted(wrong, 'count')} corrected.\n"
        sys.stderr.write(mended if wrong else "All counts are right.\n")
        moved = rank_again(mend=True) + queue_again(mend=True)
        ranked = f"{counted(moved, 'story')} ranked again.\n"
        sys.stderr.write(ranked if moved else "All stories rank as they should.\n")
