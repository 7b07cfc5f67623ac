"""What every template may say about the site."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from articles.selectors.feed import LISTS


def site(request: HttpRequest) -> dict[str, object]:
    """The site's name, its address without a final slash, image mode and lists."""
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "images_mode": settings.IMAGES,
        "story_lists": LISTS.values(),
    }
