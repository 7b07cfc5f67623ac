"""Build the index of search again."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import CommandError

from articles.ingest.lock import AnotherImportRuns, import_lock
from articles.management.site_command import SiteCommand
from articles.rules.phrasing import counted
from articles.search import reindex


class Command(SiteCommand):
    help = "Read every visible article again and build the search index from scratch."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with import_lock():
                held = reindex()
        except AnotherImportRuns:
            raise CommandError(
                "an import is running; nothing was indexed", returncode=3
            ) from None
        sys.stderr.write(f"{counted(held, 'article')} indexed.\n")
