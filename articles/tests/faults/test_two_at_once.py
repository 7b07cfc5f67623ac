"""Two commands that write meet."""

from __future__ import annotations

import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from articles.tests.ingest.process import Site
from articles.tests.ingest.test_kills import wait_for_the_lock
from articles.tests.make import make_drop

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """More drops than a batch."""
    folder = tmp_path / "drops"
    folder.mkdir()
    for n in range(120):
        raw = make_drop(title=f"Drop {n}", webUrl=f"https://example.com/{n}")
        (folder / f"{n}.txt").write_bytes(raw)
    return folder


def count(site: Site, table: str) -> int:
    with closing(sqlite3.connect(site.database)) as database:
        return database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


@pytest.mark.nightly
def test_of_imports_that_start_together_one_runs_and_the_others_say_so(
    new_site, folder
):
    """Each of the others exits 3 and does nothing; what came in came in once."""
    site = new_site()
    started = [site.start("import_seeds", folder) for _ in range(5)]
    codes = []
    for process in started:
        _, err = process.communicate(timeout=120)
        assert "Traceback" not in err
        codes.append(process.returncode)
    assert set(codes) <= {0, 3} and 0 in codes
    assert count(site, "articles_article") == 120
    assert count(site, "articles_dropversion") == 120
    assert count(site, "articles_importrun") == codes.count(0)


@pytest.mark.nightly
@pytest.mark.parametrize(
    "command",
    [
        ("import_seeds", "drops"),
        ("undo_import", "1"),
        ("restore", "backup"),
        ("rebuild_stories",),
        ("reread_drops",),
    ],
    ids=lambda words: words[0],
)
def test_beside_an_import_every_command_that_writes_says_so(
    new_site, folder, command, tmp_path
):
    """It exits 3 at once, with one line, and the import ends as if alone."""
    site = new_site()
    first = folder / "0.txt"
    assert site.report(first)["created"] == 1
    assert site.run("backup", tmp_path / "backup")[0] == 0
    running = site.start("import_seeds", folder)
    wait_for_the_lock(site, running)
    running.send_signal(signal.SIGSTOP)
    try:
        name, *words = command
        paths = [str(tmp_path / word) if word.isalpha() else word for word in words]
        code, out, err = site.run(name, *paths)
    finally:
        running.send_signal(signal.SIGCONT)
    assert (code, out) == (3, "") and len(err.splitlines()) == 1, err
    running.communicate(timeout=120)
    assert running.returncode == 0
    assert count(site, "articles_article") == 120
