"""What the tests of whole imports share."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from articles.tests.templates import EMPTY, Templates

from .process import Site


@pytest.fixture(scope="session")
def empty_site(
    django_db_setup: None,
    templates: Templates,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """A folder with a migrated database, to be copied."""
    folder = tmp_path_factory.mktemp("empty-site")
    if connection.vendor == "sqlite":
        templates.copy(EMPTY, Site(folder).database)
        return folder
    code, _, err = Site(folder).run("migrate", "--verbosity", "0")
    assert code == 0, err
    return folder


@pytest.fixture
def new_site(empty_site: Path, tmp_path: Path) -> Callable[[], Site]:
    """Makes installations with an empty database."""
    made = iter(range(1000))

    def new() -> Site:
        return Site(Path(shutil.copytree(empty_site, tmp_path / f"site-{next(made)}")))

    return new


@pytest.fixture
def inside(
    django_db_setup: None, django_db_blocker: Any, templates: Templates
) -> Callable[[Site], AbstractContextManager[None]]:
    """Look into an installation from here, for a process of its own costs more."""
    if connection.vendor != "sqlite":
        pytest.skip("installations have files of SQLite")

    @contextmanager
    def inside(site: Site) -> Iterator[None]:
        with django_db_blocker.unblock(), templates.copy_of(site.database):
            yield

    return inside


@pytest.fixture(scope="session")
def bad_drops(corpus: Path) -> Path:
    return corpus / "bad-drops"
