"""What an ASGI server serves."""

from __future__ import annotations

import os

from django.core.asgi import get_asgi_application

from newsagg.starting import started

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsagg.settings")
application = started(get_asgi_application)
