"""Django's admin as the desk, with pages of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver, path

View = Callable[..., HttpResponseBase]
_pages: list[tuple[str, str, View]] = []


def desk_page(route: str, name: str) -> Callable[[View], View]:
    """Puts a view below /admin/ for whoever is logged in, as `admin:NAME`.

    Who may see it the view has to ask itself.
    """

    def put(view: View) -> View:
        _pages.append((route, name, view))
        return view

    return put


class DeskSite(admin.AdminSite):
    """The desk."""

    def get_urls(self) -> list[Any]:
        urls: list[URLPattern | URLResolver] = super().get_urls()
        pages = [
            path(route, self.admin_view(view), name=name)
            for route, name, view in _pages
        ]
        return [*pages, *urls]
