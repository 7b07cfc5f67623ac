"""Lines in the log of the desk: who did what to which row, and no words of drops.

Rows are named by their ids, so that the log may stay when the words of a page must go.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.http import HttpRequest


def note(request: HttpRequest, about: Iterable[Model], words: str) -> None:
    """Write a line for each of these; the words must not repeat any of a drop."""
    assert request.user.pk is not None
    LogEntry.objects.bulk_create(
        (
            LogEntry(
                user_id=request.user.pk,
                content_type_id=ContentType.objects.get_for_model(one).pk,
                object_id=str(one.pk),
                object_repr=name_of(one)[:200],
                action_flag=CHANGE,
                change_message=words,
            )
            for one in about
        ),
        batch_size=500,
    )


def name_of(one: Model) -> str:
    """What kind of row it is and its id: "story 4XQ2…"."""
    return f"{one._meta.verbose_name} {getattr(one, 'public_id', one.pk)}"
