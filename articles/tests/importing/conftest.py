"""What the tests of whole imports share."""

from __future__ import annotations

import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from .process import Site


@pytest.fixture(scope="session")
def empty_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a migrated database, to be copied."""
    folder = tmp_path_factory.mktemp("empty-site")
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
def redrops(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the 14 snapshots and of `final`, unpacked."""
    folder = tmp_path_factory.mktemp("redrops")
    with tarfile.open(corpus / "redrops.tar.xz") as archive:
        archive.extractall(folder, filter="data")
    return folder / "redrops"


@pytest.fixture(scope="session")
def bad_drops(corpus: Path) -> Path:
    return corpus / "bad-drops"
