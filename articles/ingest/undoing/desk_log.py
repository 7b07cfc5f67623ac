"""What the log of the desk says of a source, made to hold no word of it.

The desk itself names rows by their ids. Other tools that write this log (Django's own
forms, scripts) put a title there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from django.contrib.admin.models import LogEntry
from django.db.models import Q

from articles.drops.reading import read_drop
from articles.ingest.storing.drop_store import raw_bytes
from articles.models import Article, DropVersion

GONE = "(forgotten)"
# Fewer letters may be a part of anybody's words.
LONG_ENOUGH = 8
KEPT = 150  # characters by which a title is found that the log has cut off


def clear_log(source_name: str, versions: Iterable[DropVersion]) -> None:
    """Take the titles that a source ever had out of the log of the desk."""
    article = Article.objects.filter(source_name=source_name).first()
    lines = LogEntry.objects.filter(content_type__app_label="articles")
    if article is not None:
        own = Q(content_type__model="article", object_id=str(article.pk))
        page = Q(content_type__model__in=("page", "linkedpage"))
        page &= Q(object_id=str(article.page_id))
        lines.filter(own).update(object_repr=f"article {article.public_id}")
        lines.filter(page).update(object_repr=f"page {article.page.public_id}")
    for title in {found for one in versions if (found := _title(one))}:
        _clear(title)


def _clear(title: str) -> None:
    lines = LogEntry.objects.filter(content_type__app_label="articles")
    lines.filter(object_repr__in={title[:200], title[:199] + "…"}).update(
        object_repr=GONE
    )
    lines.filter(change_message__contains=f"“{title}”").update(change_message=GONE)
    if len(title) >= LONG_ENOUGH:
        # Django writes JSON there, in ASCII.
        spelled = json.dumps(title)[1:-1][:KEPT]
        said = Q(change_message__contains=title[:KEPT])
        said |= Q(change_message__contains=spelled)
        lines.filter(said).update(change_message=GONE)
        lines.filter(object_repr__contains=title[:KEPT]).update(object_repr=GONE)


def _title(version: DropVersion) -> str:
    drop = read_drop(raw_bytes(version)).drop
    return drop.title if drop is not None else ""
