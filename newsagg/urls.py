"""Where the public site and the editors' desk live."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

admin.autodiscover()
urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("articles.urls")),
]
handler400 = "articles.views.errors.refused"
handler404 = "articles.views.errors.missing"
handler500 = "articles.views.errors.failed"
