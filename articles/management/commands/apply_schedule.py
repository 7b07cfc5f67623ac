"""Carry out what editors put off, where no request does."""

from __future__ import annotations

import sys
from typing import Any

from articles.management.site_command import SiteCommand
from articles.publishing import apply_schedule
from articles.rules.phrasing import counted


class Command(SiteCommand):
    help = (
        "Publish the articles whose time has come and end the pins that are over. "
        "Requests and imports do that as well; a minutely timer does it on the minute."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done = apply_schedule()
        sys.stderr.write(
            f"{counted(done, 'thing')} carried out.\n" if done else "Nothing is due.\n"
        )
