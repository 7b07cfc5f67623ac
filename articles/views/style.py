"""The style page: every token, and the components as the real templates make them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .specimens import specimen_body, specimen_card
from .tokens import tokens


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    context = {
        "tokens": tokens(),
        "wide": specimen_card(5),
        "alone": specimen_card(1),
        "story": specimen_body(),
    }
    return render(request, "articles/style.html", context)
