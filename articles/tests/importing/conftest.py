"""What the tests of whole imports share."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

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


@pytest.fixture(scope="session")
def bad_drops(corpus: Path) -> Path:
    return corpus / "bad-drops"
