"""What every test may ask for. Rows and drops are made in make.py."""

from __future__ import annotations

import fcntl
import os
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.management import call_command
from django.test import override_settings

from articles.ingest.report import Report
from articles.ingest.run import Options, run_import
from articles.ingest.sources import find_sources

from .make import NOW

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT.parent / "shared" / "corpus"


@pytest.fixture(autouse=True)
def _cold_cache() -> Iterator[None]:
    yield
    cache.clear()


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of the five real drops."""
    return ROOT / "seeds"


@pytest.fixture
def seeded(db: None, seeds: Path) -> Report:
    """The site after `import_seeds --publish`."""
    return run_import(list(find_sources(seeds)), Options(publish=True), now=NOW)


@pytest.fixture
def editor(db: None) -> User:
    """An editor who may do anything at the desk."""
    return User.objects.create_superuser("edith", password=None)


@pytest.fixture(scope="session")
def production_static(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Settings under which static files are served as in production, and collected."""
    served = {
        "STATIC_ROOT": tmp_path_factory.mktemp("static"),
        "STORAGES": settings.STORAGES
        | {
            "staticfiles": {
                "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
            }
        },
    }
    with override_settings(**served):
        call_command("collectstatic", interactive=False, verbosity=0)
    return served


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of the real corpus, which lies beside the repository."""
    if not CORPUS.is_dir():
        pytest.skip(f"there is no corpus at {os.path.relpath(CORPUS, ROOT)}")
    return CORPUS


@pytest.fixture(scope="session")
def corpus_drops(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the 3,344 drops of the corpus, unpacked once for all workers."""
    base = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        base = base.parent
    folder, unpacked = base / "corpus", base / "corpus.unpacked"
    with (base / "corpus.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not unpacked.exists():
            with tarfile.open(corpus / "drops.tar.xz") as archive:
                archive.extractall(folder, filter="data")
            unpacked.touch()
    return folder / "drops"
