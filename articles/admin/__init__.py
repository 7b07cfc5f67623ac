"""The editors' desk."""

from __future__ import annotations

from django.conf import settings
from django.contrib import admin

from . import article, import_run, overview, page, people, queue, records, story

admin.site.site_title = admin.site.site_header = f"{settings.SITE_NAME}: the desk"

__all__ = [
    "article",
    "import_run",
    "overview",
    "page",
    "people",
    "queue",
    "records",
    "story",
]
