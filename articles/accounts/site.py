"""Django's admin as the desk: logins that are throttled, and no route nobody needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path

from .throttle import TooManyTries, begin_try, strike_out

# Redirects to any row's page for readers, and the search of other rows' names that no
# form of the desk uses: each would have to be guarded.
UNUSED = ("view_on_site", "autocomplete")
# How forms say that a password was looked at, and was wrong.
WRONG = (
    (NON_FIELD_ERRORS, "invalid_login"),
    (NON_FIELD_ERRORS, "inactive"),
    ("old_password", "password_incorrect"),
)
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
        return [*pages, *(u for u in urls if getattr(u, "name", "") not in UNUSED)]

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        def answer() -> HttpResponse:
            return super(DeskSite, self).login(request, extra_context)

        if request.method != "POST":
            return answer()
        return self._tried(request, request.POST.get("username", ""), answer)

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        def answer() -> HttpResponse:
            return super(DeskSite, self).password_change(request, extra_context)

        if request.method != "POST":
            return answer()
        return self._tried(request, request.user.get_username(), answer)

    def _tried(
        self, request: HttpRequest, account: str, answer: Callable[[], HttpResponse]
    ) -> HttpResponse:
        """An answer that looks at a password, unless too many were wrong."""
        try:
            key = begin_try(request, account)
        except TooManyTries as refused:
            return self._wait(request, refused.wait)
        given = answer()
        if not _was_wrong(given):
            strike_out(key)
        return given

    def _wait(self, request: HttpRequest, seconds: int) -> HttpResponse:
        context = {
            **self.each_context(request),
            "title": "Too many wrong passwords",
            "minutes": -(-seconds // 60),
        }
        return TemplateResponse(
            request,
            "admin/wait.html",
            context,
            status=429,
            headers={"Retry-After": str(seconds), "Cache-Control": "no-store"},
        )


def _was_wrong(answer: HttpResponse) -> bool:
    form = (getattr(answer, "context_data", None) or {}).get("form")
    return form is not None and any(form.has_error(*error) for error in WRONG)
