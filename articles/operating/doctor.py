"""What is wrong with an installation, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial

from .configuration import cache_findings, settings_findings
from .database import database_findings, migration_findings, sqlite_findings
from .failing import in_words
from .finding import Finding
from .static_files import static_findings
from .upkeep import (
    clock_findings,
    count_findings,
    rendered_findings,
    upkeep_findings,
)

Look = Callable[[], Iterable[Finding]]


def look_over(
    *, importing: bool, now: datetime, wholly: bool = True
) -> Iterator[tuple[str, tuple[Finding, ...]]]:
    """Look at one thing after the other: its name, and what is wrong with it.

    What rests on a broken thing is not looked at. Nothing raises. Unless it is done
    wholly, nothing is asked whose cost grows with all that is held, and nothing that
    needs the lock of writers.
    """
    yield "settings", _findings(settings_findings)
    yield "static files", _findings(static_findings)
    yield "cache", _findings(cache_findings)
    yield "SQLite", _findings(sqlite_findings)
    database: list[tuple[str, Look]] = [
        ("database", partial(database_findings, wholly=wholly)),
        ("migrations", migration_findings),
        ("imports", partial(upkeep_findings, importing=importing)),
        ("stories", partial(rendered_findings, importing=importing)),
        *([("counts", count_findings)] if wholly else []),
        ("clock", partial(clock_findings, now=now)),
    ]
    for name, look in database:
        found = _findings(look)
        yield name, found
        if found and name in ("database", "migrations"):
            return


def _findings(look: Look) -> tuple[Finding, ...]:
    found: list[Finding] = []
    try:
        found.extend(look())
    # A doctor who faints is no help, whatever is broken.
    except Exception as error:  # noqa: BLE001
        found.append(
            Finding(
                f"This cannot be looked into: {in_words(error)}.",
                "Something is broken that the doctor does not know.",
                "See what else is found, and the log of the server.",
            )
        )
    return tuple(found)
