"""What every test may ask for. Rows and drops are made in make.py."""

from __future__ import annotations

import os
import tarfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import override_settings

from articles.ingest.report import Report
from articles.models import Article
from articles.publishing.decisions import publish_undecided
from articles.settle import settle
from articles.templatetags.news import kept_part

from . import properties  # noqa: F401 - registers the profiles
from .make import BAD, GOOD, NOW, import_folder
from .scheduling import Scheduling
from .templates import Templates, one_at_a_time

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT.parent / "shared" / "corpus"
Restore = Callable[..., Any]  # as `Templates.site` is called


def pytest_configure(config: pytest.Config) -> None:
    hypothesis.settings.load_profile("nightly" if at_night(config) else "suite")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """At night every property is tried again, on many more examples."""
    for item in items if at_night(config) else ():
        if hypothesis.is_hypothesis_test(getattr(item, "obj", None)):
            item.add_marker("nightly")


def at_night(config: pytest.Config) -> bool:
    return config.getoption("markexpr") == "nightly"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Scheduling:
    return Scheduling(config, log)


@pytest.fixture(autouse=True)
def _cold_cache() -> Iterator[None]:
    yield
    cache.clear()
    kept_part.cache_clear()


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of the five real drops."""
    return ROOT / "seeds"


@pytest.fixture
def seeded(db: None, seeds: Path) -> Report:
    """The site after `import_seeds --publish`."""
    return import_folder(seeds, publish=True)


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
        | {"staticfiles": {"BACKEND": "newsagg.static.CollectedFiles"}},
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
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of this run that all its workers have."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base


def unpacked(archive: Path, folder: Path) -> Path:
    """What an archive of the corpus holds, unpacked once for all workers."""
    done = folder.with_suffix(".unpacked")
    with one_at_a_time(folder.with_suffix(".lock")):
        if not done.exists():
            with tarfile.open(archive) as packed:
                packed.extractall(folder, filter="data")
            done.touch()
    return folder


@pytest.fixture(scope="session")
def corpus_drops(corpus: Path, shared_folder: Path) -> Path:
    """The folder of the 3,344 drops of the corpus."""
    return unpacked(corpus / "drops.tar.xz", shared_folder / "of-corpus") / "drops"


@pytest.fixture(scope="session")
def some_drops(corpus_drops: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of every eleventh drop of the corpus."""
    folder = tmp_path_factory.mktemp("some-drops")
    for file in sorted(corpus_drops.iterdir())[:3300:11]:
        (folder / file.name).symlink_to(file)
    return folder


@pytest.fixture(scope="session")
def redrops(corpus: Path, shared_folder: Path) -> Path:
    """The folder of the 14 snapshots and of `final`."""
    return unpacked(corpus / "redrops.tar.xz", shared_folder / "of-redrops") / "redrops"


@pytest.fixture(scope="session")
def templates(shared_folder: Path) -> Templates:
    return Templates(shared_folder)


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: Any, templates: Templates
) -> None:
    """The test database, kept while nothing is in it."""
    with django_db_blocker.unblock():
        templates.keep_empty()


def restoring(templates: Templates, blocker: Any) -> Iterator[Restore]:
    """Restores states of the site by their names; they are left at the end."""
    with blocker.unblock(), ExitStack() as left:
        yield lambda *state: left.enter_context(templates.site(*state))


@pytest.fixture
def restore(
    django_db_setup: None, django_db_blocker: Any, templates: Templates
) -> Iterator[Restore]:
    """Makes the database hold a state of the site, for a test without `db`."""
    yield from restoring(templates, django_db_blocker)


@pytest.fixture(scope="module")
def restore_for_module(
    django_db_setup: None, django_db_blocker: Any, templates: Templates
) -> Iterator[Restore]:
    """Makes the database hold a state of the site, for all tests of a module."""
    yield from restoring(templates, django_db_blocker)


@pytest.fixture(scope="module")
def corpus_site(restore_for_module: Restore, corpus_drops: Path) -> Report:
    """The site with the whole corpus, listed as its own flags say; for a module."""
    return restore_for_module("corpus", lambda: import_folder(corpus_drops))


@pytest.fixture(scope="module")
def published_corpus(restore_for_module: Restore, corpus_site: Report) -> None:
    """The site with the whole corpus, all of it listed; for a module."""

    def publish_all() -> None:
        sources = Article.objects.values_list("source_name", flat=True)
        publish_undecided(list(sources), at=NOW)
        settle(now=NOW)

    restore_for_module("published-corpus", publish_all, "corpus")


@pytest.fixture(scope="module")
def seeds_site(restore_for_module: Restore, seeds: Path) -> Report:
    """The site after `import_seeds --publish`; for a module."""
    return restore_for_module("seeds", lambda: import_folder(seeds, publish=True))


@pytest.fixture
def import_seeds(
    db: None, capsys: pytest.CaptureFixture[str]
) -> Callable[..., SimpleNamespace]:
    """Run the command; answers with its exit code, stdout and stderr."""

    def run(*arguments: object) -> SimpleNamespace:
        code: object = 0
        capsys.readouterr()
        try:
            call_command("import_seeds", *map(str, arguments))
        except SystemExit as end:
            code = end.code
        except CommandError as error:
            code = error.returncode
        out, err = capsys.readouterr()
        return SimpleNamespace(code=code, out=out, err=err)

    return run


@pytest.fixture
def drop_folder(tmp_path: Path) -> Path:
    """A folder with a good drop, a bad one, and files that are no drops."""
    inside = tmp_path / "drops"
    (inside / "deep").mkdir(parents=True)
    (inside / ".hidden").mkdir()
    (inside / "bad.txt").write_bytes(BAD)
    (inside / "deep" / "good.MD").write_bytes(GOOD)
    for name in (".hidden/a.txt", ".b.txt", "notes.pdf", ".keep", "deep/.keep"):
        (inside / name).write_bytes(b"" if name.endswith(".keep") else GOOD)
    return inside
