"""Derive what is waiting for it."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from articles.ingest.lock import AnotherImportRuns, import_lock
from articles.ingest.stopping import stopping
from articles.management.site_command import SiteCommand
from articles.models import Page
from articles.rules.phrasing import counted
from articles.settle import settle


class Command(SiteCommand):
    help = (
        "Bring what readers get up to date: what an interrupted import has left, and "
        "articles whose date has come."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with import_lock(), stopping() as stopped:
                done = settle(now=timezone.now(), stop=lambda: bool(stopped))
        except AnotherImportRuns:
            raise CommandError(
                "an import is running; it settles what is left", returncode=3
            ) from None
        if not done:
            left = Page.objects.stale().count()
            sys.stderr.write(
                f"Interrupted: {counted(left, 'article')} left; run it again.\n"
            )
            sys.exit(130)
        sys.stderr.write("All articles are up to date.\n")
