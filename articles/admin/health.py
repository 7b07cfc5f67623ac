"""What the doctor finds, as a page of the desk for operators."""

from __future__ import annotations

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone

from articles.accounts.site import desk_page
from articles.ingest.lock import AnotherImportRuns, import_lock
from articles.operating.doctor import look_over

PERMISSION = "articles.can_see_health"


@desk_page("health/", "health")
def health_view(request: HttpRequest) -> TemplateResponse:
    """What is wrong, why it matters and what to do: all but what takes long to find."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    importing, now = _importing(), timezone.now()
    looked = list(look_over(importing=importing, now=now, wholly=False))
    context = {
        **admin.site.each_context(request),
        "title": "Health",
        "wrong": [(name, found) for name, found in looked if found],
        "fine": [name for name, found in looked if not found],
        "importing": importing,
        "now": now,
    }
    return TemplateResponse(request, "admin/health.html", context)


def _importing() -> bool:
    """Whether an import runs; where that cannot be told, as if none did."""
    try:
        with import_lock():
            return False
    except AnotherImportRuns:
        return True
    except OSError:
        return False
