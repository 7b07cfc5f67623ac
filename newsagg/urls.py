"""Where the public site and the editors' desk live."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

from articles.admin.preview import preview

admin.autodiscover()
urlpatterns = [
    path("admin/preview/", admin.site.admin_view(preview), name="preview"),
    path("admin/", admin.site.urls),
    path("", include("articles.urls")),
]
handler400 = "articles.views.errors.refused"
handler404 = "articles.views.errors.missing"
handler500 = "articles.views.errors.failed"
