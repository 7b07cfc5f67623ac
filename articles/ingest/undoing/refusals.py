"""Versions that are not to be used: set aside by an undo, or forgotten.

Both are decisions, so that no import brings back by itself what a person took
away.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from articles.models import Decision, DropVersion
from articles.models.bulk import among, chunks

ABOUT_VERSIONS = (
    Decision.Kind.SET_ASIDE,
    Decision.Kind.REINSTATE,
    Decision.Kind.FORGET,
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What somebody decides about some versions, and why."""

    kind: Decision.Kind
    author: str
    why: str
    at: datetime


def refused(versions: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Decision]:
    """Which of these (source name, digest in hex) are not to be used, and why.

    What was forgotten is refused under any name; what was set aside under its own.
    """
    wanted = list(versions)
    latest: dict[tuple[str, str], Decision] = {}
    forgotten: dict[str, Decision] = {}
    for some in chunks({digest for _, digest in wanted}):
        made = Decision.objects.filter(kind__in=ABOUT_VERSIONS, digest__in=among(some))
        for decision in made.order_by("pk"):
            if decision.kind == Decision.Kind.FORGET:
                forgotten[decision.digest] = decision
            else:
                latest[decision.source_name, decision.digest] = decision
    found = {
        key: latest[key]
        for key in wanted
        if key in latest and latest[key].kind == Decision.Kind.SET_ASIDE
    }
    return found | {key: forgotten[key[1]] for key in wanted if key[1] in forgotten}


def decide(versions: Iterable[DropVersion], verdict: Verdict) -> None:
    """Lay a verdict down for each of these versions; acting on it is the caller's."""
    Decision.objects.bulk_create(
        Decision(
            kind=verdict.kind,
            source_name=version.drop.source_name,
            digest=bytes(version.digest).hex(),
            author=verdict.author,
            why=verdict.why,
            at=verdict.at,
        )
        for version in versions
    )
