#!/usr/bin/env python3
"""Run one of newsagg's commands: `python manage.py help` lists them."""

from __future__ import annotations

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import DatabaseError, OperationalError

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsagg.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        # A wrong setting is told in words; the traceback would only bury them.
        sys.exit(f"newsagg: {error}")
    except DatabaseError as error:
        # So is what the machine does: full, locked, unreadable. Others are faults.
        ours = type(error) not in (DatabaseError, OperationalError)
        if ours or "--traceback" in sys.argv:
            raise
        sys.exit(f"newsagg: the database: {error}. `manage.py doctor` looks into it.")
