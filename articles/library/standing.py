"""Decisions that nobody took back, found by the pages that they are about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from articles.models import Decision
from articles.models.bulk import chunks
from articles.models.decision import DecisionQuerySet


@dataclass(frozen=True, slots=True)
class Standing:
    """A standing decision and the pages it is about today."""

    pk: int  # which orders them
    kind: str
    value: str
    page: int | None
    other: int | None


def about(kinds: Sequence[Decision.Kind], pages: Iterable[int]) -> list[Standing]:
    """Standing decisions about these pages, in order."""
    wanted = list(pages)
    if not wanted or not standing(kinds).exists():
        return []  # mostly so, and told by an index; to look them up costs much more
    return looked_up(kinds, wanted)


def looked_up(kinds: Sequence[Decision.Kind], pages: Iterable[int]) -> list[Standing]:
    """The same where there are some, about whatever pages."""
    found: dict[int, Standing] = {}
    for some in chunks(pages):
        held = set(some)
        for one in rows(standing(kinds).naming(some)):
            if one.page in held or one.other in held:
                found[one.pk] = one
    return sorted(found.values(), key=lambda one: one.pk)


def rows(made: DecisionQuerySet) -> list[Standing]:
    """These decisions with their pages, in the order in which they were laid down."""
    read = made.with_pages().order_by("pk")
    return [
        Standing(pk, *rest)
        for pk, *rest in read.values_list("pk", "kind", "value", "page", "other_page")
    ]


def standing(kinds: Sequence[Decision.Kind]) -> DecisionQuerySet:
    return Decision.objects.standing().filter(kind__in=kinds)
