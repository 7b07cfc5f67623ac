"""What a WSGI server such as gunicorn serves."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from newsagg.starting import started

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsagg.settings")
application = started(get_wsgi_application)
