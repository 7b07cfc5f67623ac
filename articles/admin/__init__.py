"""The editors' desk."""

from __future__ import annotations

from django.conf import settings
from django.contrib import admin

from . import (
    article,
    decisions,
    health,
    import_run,
    overview,
    page,
    people,
    preview,
    queue,
    records,
    story,
    undoing,
)

admin.site.site_title = admin.site.site_header = f"{settings.SITE_NAME}: the desk"
# The lists take the room; what the side bar has stands in the bar at the top.
admin.site.enable_nav_sidebar = False

__all__ = [
    "article",
    "decisions",
    "health",
    "import_run",
    "overview",
    "page",
    "people",
    "preview",
    "queue",
    "records",
    "story",
    "undoing",
]
