"""Pictures of publishers, by way of this site."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from articles.pictures.getting import NotYet, gallery
from articles.pictures.refused import Refused
from articles.pictures.shrinking import MEDIA_TYPE
from articles.pictures.signing import WIDTHS, is_signed
from articles.selectors.picture import picture_address

SOON_S = 3
# A browser may hold a picture, but asks each time whether it still may.
_HEADERS = {
    "Cache-Control": "private, no-cache",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


@require_safe
def picture(request: HttpRequest, id: str, width: str, signature: str) -> HttpResponse:
    """The picture of a page that readers may see now, whatever is kept of it."""
    pixels = next((one for one in WIDTHS.values() if str(one) == width), 0)
    if settings.IMAGES != "proxy" or not is_signed(id, pixels, signature):
        return _none(404)
    url = picture_address(id)
    if url is None:
        return _none(404)
    try:
        found = gallery().get(url, pixels)
    except NotYet:
        return _none(503, {"Retry-After": str(SOON_S)})
    except Refused:
        return _none(404)
    return HttpResponse(found, content_type=MEDIA_TYPE, headers=_HEADERS)


def _none(status: int, more: dict[str, str] | None = None) -> HttpResponse:
    return HttpResponse(
        status=status, content_type="text/plain", headers=_HEADERS | (more or {})
    )
