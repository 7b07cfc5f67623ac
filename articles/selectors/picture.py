"""The picture of one page, for whoever fetches it."""

from __future__ import annotations

from articles.models import Page
from articles.models.sql import Prepared, given
from articles.rendering.summaries import HAS_PICTURE

_PICTURE = Prepared(
    lambda: (
        Page.objects.visible()
        .filter(HAS_PICTURE, public_id=given("id"))
        .values_list("image_url")[:1]
    )
)


def picture_address(public_id: str) -> str | None:
    """Where the publisher keeps the picture of a page that readers may see."""
    found = _PICTURE.row(id=public_id)
    return str(found[0]) if found else None
