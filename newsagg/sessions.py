"""Sessions of the desk: kept in the database, renewed while they are used.

Renewing at each request would write at each request. A session is renewed once it is
an hour old: the middleware of sessions saves it with the answer, after the moment
that the page is of.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends import db
from django.utils import timezone

from articles.models.writing import writing

RENEWED_AFTER = timedelta(hours=1)
SWEPT = 500  # sessions that are over and go with a login


class SessionStore(db.SessionStore):
    """What Django keeps, with its writes where all writes begin."""

    def load(self) -> dict[str, Any]:
        # Django's own, which its stubs leave out.
        held = self._get_session_from_db()  # type: ignore[attr-defined]
        if held is None:
            return {}
        whole = timedelta(seconds=settings.SESSION_COOKIE_AGE)
        left = held.expire_date - timezone.now()
        # One of an earlier version may last for longer: it is cut down.
        if not whole - RENEWED_AFTER < left <= whole:
            self.modified = True
        return self.decode(held.session_data)

    def create(self) -> None:
        """A new one, for a login; some of those that are over make room."""
        with writing():
            over = self.model.objects.filter(expire_date__lte=timezone.now())
            keys = list(over.values_list("pk", flat=True)[:SWEPT])
            self.model.objects.filter(pk__in=keys).delete()
            super().create()

    def save(self, must_create: bool = False) -> None:
        with writing():
            super().save(must_create)

    def delete(self, session_key: str | None = None) -> None:
        with writing():
            super().delete(session_key)
