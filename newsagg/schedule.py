"""What is due is carried out by the first request after its time."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from threading import Lock

from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponse

from articles.models.publication import publication
from articles.publishing import apply_schedule

PAUSE_S = 5  # after a database that could not be written to
LOG = logging.getLogger("newsagg")


class Schedule:
    """Carries out what is due before anything of the request is read.

    One request of a process does it, and others that come meanwhile go on.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._turn = Lock()
        self._not_before = 0.0

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(settings.STATIC_URL):
            self._look()
        return self.get_response(request)

    def _look(self) -> None:
        if time.monotonic() < self._not_before or not self._turn.acquire(
            blocking=False
        ):
            return
        try:
            if publication().is_behind(time.time()):
                apply_schedule()
        except Error as error:
            self._wait()
            LOG.warning("nothing was carried out: %s", error)
        except Exception:
            # Else one plan would keep all pages from readers.
            self._wait()
            LOG.exception("nothing was carried out")
        finally:
            self._turn.release()

    def _wait(self) -> None:
        """Leave it to a later request; readers get what there is."""
        self._not_before = time.monotonic() + PAUSE_S
