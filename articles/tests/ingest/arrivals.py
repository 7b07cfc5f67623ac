"""Versions of one drop and their arrivals, to be taken back or erased."""

from __future__ import annotations

from datetime import timedelta

from articles.models import ImportRun
from articles.tests.make import NOW, import_drops, make_drop

WHO = {"author": "olga", "why": "broken at the source", "now": NOW + timedelta(days=1)}
OWN = "https://press.example/own"
OLD, NEW, NEWER = (
    make_drop(webUrl=OWN, title=title) for title in ("Old", "New", "Newer")
)
OTHER = make_drop(webUrl="https://press.example/other")


def arrived(**drops: bytes) -> ImportRun:
    report = import_drops({f"{name}.txt": raw for name, raw in drops.items()})
    return ImportRun.objects.get(pk=report.import_run)
