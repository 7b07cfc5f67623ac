"""Derive everything again from the drops and the decisions."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from articles.ingest.lock import AnotherImportRuns, import_lock
from articles.management.site_command import SiteCommand
from articles.models import Page, Stale, Story
from articles.models.writing import writing
from articles.settle import settle


class Command(SiteCommand):
    help = "Cluster all pages again and derive what readers get, from scratch."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with import_lock(), writing():
                Page.objects.update(stale=Stale.CONTENT)
                settle(now=timezone.now())
        except AnotherImportRuns:
            raise CommandError(
                "an import is running; nothing was rebuilt", returncode=3
            ) from None
        sys.stderr.write(f"{Story.objects.count():,} stories.\n")
