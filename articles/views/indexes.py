"""Topics, publishers and the page about the site."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from articles.rules.hostname import provider_domain
from articles.rules.missing import MISSING
from articles.rules.phrasing import duration
from articles.rules.score import PER_DOUBLING
from articles.selectors.cursor import InvalidCursor
from articles.selectors.indexes import leaderboard
from articles.selectors.indexes.provider import provider_index, provider_page
from articles.selectors.indexes.topic import topic_index, topic_page

from .lists import BAD_CURSOR


@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    return render(request, "articles/topic_index.html", {"found": topic_index()})


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    try:
        found = topic_page(slug, before=request.GET.get("before"))
    except InvalidCursor:
        raise Http404(BAD_CURSOR) from None
    if found is None:
        raise Http404(MISSING)
    return render(request, "articles/topic_detail.html", {"found": found})


@require_safe
def providers(request: HttpRequest) -> HttpResponse:
    by = request.GET.get("by", "")
    if by in leaderboard.ORDERS:
        found = leaderboard.leaderboard(by)
        return render(request, "articles/provider_ranks.html", {"found": found})
    context = {"found": provider_index()}
    return render(request, "articles/provider_index.html", context)


@require_safe
def provider(request: HttpRequest, domain: str) -> HttpResponse:
    folded = provider_domain(domain)
    if folded and folded != domain:
        return redirect("provider", folded, permanent=True)
    try:
        found = provider_page(domain, before=request.GET.get("before"))
    except InvalidCursor:
        raise Http404(BAD_CURSOR) from None
    if found is None:
        raise Http404(MISSING)
    return render(request, "articles/provider_detail.html", {"found": found})


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    half_life = settings.HALF_LIFE * 60  # minutes
    context = {
        "doubling": duration(PER_DOUBLING * half_life),
        "quality": duration(half_life),
    }
    return render(request, "articles/about.html", context)
