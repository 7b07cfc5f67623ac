"""Small pictures at the desk, also of articles that readers do not get yet."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.accounts.site import desk_page
from articles.models import Page
from articles.pictures.getting import NotYet, gallery
from articles.pictures.refused import Refused
from articles.pictures.shrinking import MEDIA_TYPE
from articles.pictures.signing import WIDTHS
from articles.rendering.pictures import proxied
from articles.rendering.summaries import Picture, picture_at, picture_of

HEADERS = {
    "Cache-Control": "private, max-age=600",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}


def thumb(page: Page) -> str:
    """Where the desk asks for the picture of a page; "" where none can be shown."""
    picture = picture_at(page.image_url, None, None)
    if settings.IMAGES == "proxy" and page.is_visible and picture:
        return proxied(page.public_id, "thumb")
    return unseen_thumb(page.pk, picture)


def unseen_thumb(page: int, picture: Picture | None) -> str:
    """The same for the picture of a page that readers may not see."""
    if picture is None:
        return ""
    if settings.IMAGES == "direct":
        return picture.url
    return reverse("admin:queue_picture", args=[page])


@desk_page("queue/pictures/<int:page>.webp", "queue_picture")
@require_safe
def queue_picture(request: HttpRequest, page: int) -> HttpResponse:
    """The picture of any article, small, for who may see all of them."""
    found = Page.objects.filter(pk=page).first()
    picture = picture_of(found) if found else None
    seen = request.user.has_perm("articles.view_article")
    if not seen or picture is None or settings.IMAGES != "proxy":
        raise Http404
    try:
        body = gallery().get(picture.url, WIDTHS["thumb"])
    except NotYet:
        return HttpResponse(status=503, headers=HEADERS | {"Retry-After": "3"})
    except Refused:
        raise Http404 from None
    return HttpResponse(body, content_type=MEDIA_TYPE, headers=HEADERS)
