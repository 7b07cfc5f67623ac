"""The site as it is served, where each answer says what it cost: a WSGI application."""

from __future__ import annotations

import time

from django.db import connection
from django.test.utils import CaptureQueriesContext

from newsagg.wsgi import application as site


def application(environ, start_response):
    begun = time.thread_time()
    asked = CaptureQueriesContext(connection)

    def start(status, headers, *rest):
        asked.__exit__(None, None, None)
        taken = time.thread_time() - begun
        said = [("X-Queries", str(len(asked))), ("X-Seconds", f"{taken:.4f}")]
        return start_response(status, [*headers, *said], *rest)

    # The connection is there when queries are counted, as it is for later requests.
    connection.ensure_connection()
    with asked:
        return site(environ, start)
