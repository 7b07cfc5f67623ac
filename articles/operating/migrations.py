"""The migrations of the code, beside those that a database has seen."""

from __future__ import annotations

from collections.abc import Iterable, Set
from functools import cache

from django.db.migrations.loader import MigrationLoader

Migration = tuple[str, str]  # app and name


def newer(seen: Set[Migration]) -> list[str]:
    """Those that only a later version of the code has."""
    ours = {app for app, _ in code_migrations()}
    return _named(one for one in seen - code_migrations() if one[0] in ours)


def missing(seen: Set[Migration]) -> list[str]:
    """Those of the code that the database has not seen."""
    return _named(code_migrations() - seen)


@cache
def code_migrations() -> frozenset[Migration]:
    loader = MigrationLoader(None, load=False)
    loader.load_disk()
    return frozenset(loader.disk_migrations or ())


def _named(migrations: Iterable[Migration]) -> list[str]:
    return sorted(".".join(one) for one in migrations)
