"""What a WSGI server such as gunicorn serves."""

from __future__ import annotations

import os
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

from newsagg import kept_pages
from newsagg.starting import started

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsagg.settings")


def _application() -> Any:
    django = get_wsgi_application()
    if not kept_pages.on():
        return django
    # It knows models, which cannot be imported before Django is set up.
    return import_string("newsagg.page_cache.KeptPages")(django)


application = started(_application)
