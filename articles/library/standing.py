"""Decisions that nobody took back, found by the pages that they are about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from articles.models import Decision
from articles.models.bulk import chunks
from articles.models.decision import DecisionQuerySet

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Standing:
    """A standing decision and the pages it is about today."""

    serial: int  # by time, then by pk
    pk: int
    kind: str
    value: str
    page: int | None
    other: int | None


def about(kinds: Sequence[Decision.Kind], pages: Iterable[int]) -> list[Standing]:
    """Standing decisions about these pages, in order."""
    found: dict[int, Standing] = {}
    for some in chunks(pages):
        held = set(some)
        for one in rows(standing(kinds).naming(some)):
            if one.page in held or one.other in held:
                found[one.pk] = one
    return sorted(found.values(), key=lambda one: one.serial)


def rows(made: DecisionQuerySet) -> list[Standing]:
    """These decisions with their pages, in order."""
    read = made.with_pages().values_list(
        "at", "pk", "kind", "value", "page", "other_page"
    )
    found = [Standing(_serial(at, pk), pk, *rest) for at, pk, *rest in read]
    return sorted(found, key=lambda one: one.serial)


def _serial(at: datetime, pk: int) -> int:
    """A number that orders decisions by time, then by pk."""
    return ((at - EPOCH) // timedelta(microseconds=1) << 64) + pk


def standing(kinds: Sequence[Decision.Kind]) -> DecisionQuerySet:
    return Decision.objects.standing().filter(kind__in=kinds)
