"""What every template may say about the site."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """The site's name, its address without a final slash, and the image mode."""
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "images_mode": settings.IMAGES,
    }
