"""How a server starts: with what it has to say, or with an end in words."""

from __future__ import annotations

import logging
import sys
import warnings
from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import ImproperlyConfigured

Application = TypeVar("Application")
# By this code gunicorn knows that starting again would not help.
CANNOT_START = 4


def started(make: Callable[[], Application]) -> Application:
    """The application that `make` gives; ends the process where a setting is wrong."""
    try:
        with warnings.catch_warnings():
            # Said better below.
            warnings.filterwarnings("ignore", "No directory at")
            application = make()
    except ImproperlyConfigured as error:
        sys.stderr.write(f"newsagg: {error}\n")
        sys.exit(CANNOT_START)
    if not settings.DEBUG and not getattr(staticfiles_storage, "hashed_files", True):
        logging.getLogger("newsagg").warning(
            "static files are not collected, so browsers cannot keep them. "
            "Run manage.py collectstatic and start again."
        )
    return application
