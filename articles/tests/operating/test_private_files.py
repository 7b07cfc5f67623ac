"""What the site writes is its owner's alone, under any umask."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from articles.tests.ingest.process import ROOT, Site
from newsagg import private

# Opens the database as a request does, and tells what lies about meanwhile.
USE_THE_DATABASE = """
import django
django.setup()
from django.db import connection
from articles.ingest.lock import import_lock
from articles.models.writing import writing
with import_lock(), writing():
    connection.cursor().execute("CREATE TABLE some (a)")
import os, sys
for path in sys.argv[1:]:
    print(path, oct(os.stat(path).st_mode & 0o777))
"""
MADE = ["import.lock", "writing.lock"] + [
    f"news.sqlite3{part}" for part in ("", "-wal", "-shm")
]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def told(site: Site, umask: int) -> set[str]:
    """The modes that all files have while the database is in use."""
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            USE_THE_DATABASE,
            *(str(site.folder / name) for name in MADE),
        ],
        cwd=ROOT,
        env=site.environment,
        umask=umask,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return {line.rpartition(" ")[2] for line in done.stdout.splitlines()}


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_files_are_made_for_their_owner(umask, tmp_path):
    site = Site(tmp_path / "deep" / "var")
    site.folder.parent.mkdir()
    site.folder.mkdir(mode=0o755)
    assert told(site, umask) == {"0o600"}
    assert mode(site.folder) == 0o700


@pytest.mark.parametrize("umask", [0o000, 0o022])
def test_files_that_are_there_are_tightened(umask, tmp_path):
    site = Site(tmp_path)
    before = ("import.lock", "writing.lock", "news.sqlite3", "secret_key", "old.backup")
    for name in before:
        (tmp_path / name).touch()
        (tmp_path / name).chmod(0o644)
    (tmp_path / "static").mkdir()
    (tmp_path / "static").chmod(0o777)
    assert told(site, umask) == {"0o600"}
    assert {mode(tmp_path / name) for name in before} == {0o600}
    assert mode(tmp_path / "static") == 0o700


def test_what_the_site_was_not_given_alone_is_left(tmp_path):
    """Anybody's folder, one with the checkout in it, and what links lead to."""
    outside = tmp_path / "outside"
    outside.touch(mode=0o644)
    outside.chmod(0o644)
    for held, sticky in (("checkout", False), ("other", True)):
        folder = tmp_path / held
        (folder / "checkout").mkdir(parents=True)
        (folder / "notes").touch()
        (folder / "notes").chmod(0o644)
        folder.chmod(0o1777 if sticky else 0o755)
        private.tighten_folder(folder, shared_with=tmp_path / "checkout" / "checkout")
        assert mode(folder) == (0o1777 if sticky else 0o755)
        assert mode(folder / "notes") == 0o644
    ours = tmp_path / "ours"
    ours.mkdir()
    (ours / "link").symlink_to(outside)
    private.tighten_folder(ours, shared_with=tmp_path / "elsewhere")
    assert mode(ours) == 0o700
    assert mode(outside) == 0o644


@pytest.mark.django_db  # else no empty database is made
def test_what_is_written_elsewhere_has_the_mode_that_its_user_wants(
    tmp_path, empty_site
):
    """Exports and reports are the user's; a database elsewhere is made private."""
    site = Site(empty_site)
    seeds = ROOT / "seeds"
    process = site.start(
        "import_seeds", seeds, "--report", tmp_path / "report", umask=0o022
    )
    process.communicate(timeout=60)
    assert process.returncode == 0
    assert mode(tmp_path / "report") == 0o644
    process = site.start("export_seeds", tmp_path / "out", umask=0o022)
    process.communicate(timeout=60)
    assert {mode(path) for path in (tmp_path / "out").rglob("*.txt")} == {0o644}
    assert mode(tmp_path / "out") == 0o755


def test_collected_files_are_private_in_a_private_folder_only(tmp_path):
    inside, outside = Site(tmp_path / "var"), tmp_path / "for-nginx"
    inside.folder.mkdir()
    for static in (inside.folder / "static", outside):
        done = subprocess.run(
            [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"],
            cwd=ROOT,
            env=inside.environment | {"STATIC_ROOT": str(static)},
            umask=0o022,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        assert list(static.rglob("*.css.gz"))
    held = {mode(path) & 0o077 for path in [inside.folder, *inside.folder.rglob("*")]}
    assert held == {0}
    assert {mode(path) & 0o044 for path in outside.rglob("*")} == {0o044}


def test_the_umask_of_the_process_is_left_alone(tmp_path):
    """A fault here would be seen in every file that a command writes."""
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import django, os; django.setup(); print(oct(os.umask(0)))",
        ],
        cwd=ROOT,
        env=Site(tmp_path).environment,
        umask=0o027,
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() == "0o27"
