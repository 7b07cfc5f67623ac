"""Where a page asks for a picture, by the site's `IMAGES`."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from articles.pictures.signing import WIDTHS, signature

from .addresses import address
from .summaries import PageSummary

_USUAL = (640, 360)  # where a drop does not say


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """What `<img>` says of a picture."""

    src: str
    width: int
    height: int


def shown_picture(page: PageSummary, use: str) -> ShownPicture | None:
    """The picture of a page for a use ("thumb", "lead"); None where none is shown."""
    found = page.picture
    if found is None:
        return None
    width, height = found.width or _USUAL[0], found.height or _USUAL[1]
    if settings.IMAGES == "direct":
        return ShownPicture(found.url, width, height)
    asked = WIDTHS[use]
    shrunk = max(1, round(height * asked / width))
    return ShownPicture(proxied(page.id, use), asked, shrunk)


def proxied(page: str, use: str) -> str:
    """Where this site itself gives the picture of the page with this public id."""
    asked = WIDTHS[use]
    return address("picture", page, str(asked), signature(page, asked))
