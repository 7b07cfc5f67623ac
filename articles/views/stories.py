"""The pages of one story and of one article."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.rendering.coverage import DEFAULT, ORDERS
from articles.rules.missing import MISSING
from articles.selectors.article import article_page
from articles.selectors.story.page import story_address, story_page


@require_safe
def story(request: HttpRequest, id: str, slug: str = "") -> HttpResponse:
    order = request.GET.get("by", DEFAULT)
    found = story_page(id, order=order)
    if found is None:
        leads_to = story_address(id)
        if leads_to is None or leads_to.lead is None:
            raise Http404(MISSING)
        return _to_story(leads_to.public_id, leads_to.slug, order)
    if slug != found.card.slug:
        return _to_story(found.card.id, found.card.slug, order)
    return render(request, "articles/story_detail.html", {"story": found})


def _to_story(id: str, slug: str, order: str) -> HttpResponse:
    """Lead to the address of a story; a known order of its coverage is kept."""
    address = reverse("story", args=[id, slug])
    if order in ORDERS and order != DEFAULT:
        address = f"{address}?by={order}"
    return redirect(address, permanent=True)


@require_safe
def article(request: HttpRequest, id: str, slug: str = "") -> HttpResponse:
    found = article_page(id)
    if found is None:
        raise Http404(MISSING)
    line = found.article
    if (id, slug) != (line.id, line.slug):
        return redirect("article", line.id, line.slug, permanent=True)
    return render(request, "articles/article_detail.html", {"found": found})
