"""Where publishers keep pictures, for whoever fetches them."""

from __future__ import annotations

from articles.models import Page, RenderedStory, Story
from articles.models.sql import Prepared, given
from articles.rendering.render import shape_of
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


def newest_pictures(stories: int) -> list[str]:
    """Where publishers keep the pictures of cards, newest coverage first."""
    newest = Story.objects.listed().order_by("-latest_at", "-public_id")[:stories]
    cards = RenderedStory.objects.filter(story__in=newest).exclude(shape="")
    shown = cards.order_by("-story__latest_at").values_list("shape", flat=True)
    pictured = (shape_of(shape).pictured for shape in shown)
    found = (page.picture.url for page in pictured if page and page.picture)
    return list(dict.fromkeys(found))
