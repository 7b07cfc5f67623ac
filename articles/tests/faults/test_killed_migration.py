"""An update is killed while it migrates the database."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from articles.tests.ingest.process import Site

KILLS = 12


def schema(file: Path) -> list[tuple]:
    with closing(sqlite3.connect(file)) as database:
        return database.execute(
            "SELECT type, name, sql FROM sqlite_master ORDER BY 1, 2"
        ).fetchall()


def migrations(file: Path) -> list[tuple]:
    with closing(sqlite3.connect(file)) as database:
        return sorted(database.execute("SELECT app, name FROM django_migrations"))


@pytest.mark.nightly
def test_a_killed_migration_goes_on_when_it_is_run_again(tmp_path):
    """`migrate` is killed at random moments, again and again, then let run.

    It ends well, with the tables and migrations of one that was never killed, and the
    database is sound. Each kill falls into what the one before left to do.
    """
    chance = random.Random(3)
    undisturbed = Site(tmp_path / "undisturbed")
    undisturbed.folder.mkdir()
    assert undisturbed.run("migrate", "-v0")[0] == 0
    site = Site(tmp_path / "killed")
    site.folder.mkdir()
    killed = 0
    for _ in range(KILLS):
        process = site.start("migrate", "-v0")
        try:
            process.wait(timeout=chance.uniform(0.5, 2.5))
        except subprocess.TimeoutExpired:
            process.kill()
        _, err = process.communicate()
        assert process.returncode in (0, -signal.SIGKILL), err
        killed += process.returncode == -signal.SIGKILL
        if process.returncode == 0:
            for path in site.folder.iterdir():
                path.unlink()
    code, _, err = site.run("migrate", "-v0")
    assert code == 0, err
    assert killed > 2
    assert schema(site.database) == schema(undisturbed.database)
    assert migrations(site.database) == migrations(undisturbed.database)
    with closing(sqlite3.connect(site.database)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
