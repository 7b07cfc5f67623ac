"""Addresses of a site that fails."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path


def fail(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("on purpose")


urlpatterns = [path("", fail)]
handler500 = "articles.views.errors.failed"
