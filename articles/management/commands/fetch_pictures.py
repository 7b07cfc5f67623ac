"""Fetch pictures before readers ask for them."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from articles.management.site_command import SiteCommand
from articles.pictures.getting import gallery, shelf
from articles.pictures.signing import WIDTHS
from articles.rules.phrasing import counted
from articles.selectors.picture import newest_pictures

STORIES = 200


class Command(SiteCommand):
    help = (
        "With IMAGES=proxy: fetch the pictures of the stories with the newest coverage "
        "that are not kept yet, so that the first readers find them."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--stories", type=int, default=STORIES, help=f"how many ({STORIES})"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.IMAGES != "proxy":
            raise CommandError("IMAGES is not proxy: none are kept", returncode=2)
        urls = newest_pictures(max(0, options["stories"]))
        kept, missing = gallery().get_ahead(urls, list(WIDTHS.values()))
        said = f", {missing} could not be had" if missing else ""
        size = shelf().size() / 1024**2
        sys.stderr.write(
            f"{counted(kept, 'picture')} kept{said}; {size:,.1f} MB in all.\n"
        )
