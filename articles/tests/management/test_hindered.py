"""What keeps a command from its work is one line, whatever the command."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management import get_commands

from articles.tests.ingest.process import Site

pytestmark = pytest.mark.django_db  # which makes the database that sites are copies of
WORDS = {
    "explain_story": ("https://press.example/1",),
    "export_seeds": ("out",),
    "forget": ("a", "--yes"),
    "send_digest": ("--to", "a@b.example", "--date", "2024-03-01"),
    "undo_import": ("1",),
}
# These are for databases that are not in order.
MENDING = {"backup", "doctor", "restore"}
OURS = sorted(
    name
    for name, app in get_commands().items()
    if app == "articles" and name not in MENDING
)


def said_by(site: Site, command: str) -> tuple[int, list[str]]:
    code, out, err = site.run(command, *WORDS.get(command, ()))
    assert out == "" and "Traceback" not in err
    return code, err.strip().splitlines()


@pytest.mark.parametrize("command", OURS)
def test_a_database_without_its_tables_is_one_line_that_says_what_to_run(
    tmp_path: Path, command: str
):
    code, lines = said_by(Site(tmp_path), command)
    assert code == 2 and len(lines) == 1
    assert "manage.py migrate" in lines[0]


@pytest.mark.parametrize("command", ["import_seeds", "export_stories", "forget"])
def test_a_file_that_is_no_database_is_one_line_that_names_it(
    tmp_path: Path, command: str
):
    site = Site(tmp_path)
    site.database.write_bytes(b"Dear diary, " * 1000)
    code, lines = said_by(site, command)
    assert code == 2 and len(lines) == 1
    assert str(site.database) in lines[0] and "no database" in lines[0]


def test_a_damaged_database_is_one_line_that_names_it(new_site, seeds):
    site = new_site()
    raw = bytearray(site.database.read_bytes())
    raw[8192:] = b"\xff" * (len(raw) - 8192)
    site.database.write_bytes(raw)
    code, lines = said_by(site, "import_seeds")
    assert code == 2 and len(lines) == 1
    assert str(site.database) in lines[0] and "damaged" in lines[0]


def test_a_database_in_no_folder_is_one_line_that_names_it(tmp_path: Path, new_site):
    site = new_site()
    moved = Site(tmp_path / "moved")
    shutil.copytree(site.folder, moved.folder)
    moved.database.unlink()
    moved.database.mkdir()
    code, lines = said_by(moved, "import_seeds")
    assert code == 2 and len(lines) == 1
    assert str(moved.database) in lines[0] and "cannot be opened" in lines[0]


@pytest.mark.nightly  # it waits as long as a command waits for others
def test_a_database_that_stays_locked_is_one_line_that_names_it(new_site, seeds):
    site = new_site()
    with closing(sqlite3.connect(site.database)) as other:
        other.execute("BEGIN EXCLUSIVE")
        code, out, err = site.run("import_seeds", seeds)
    assert (code, out) == (2, "")
    [line] = err.strip().splitlines()
    assert str(site.database) in line and "locked" in line
    assert site.report(seeds)["created"] == 5
