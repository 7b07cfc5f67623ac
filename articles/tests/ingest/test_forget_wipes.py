"""What is forgotten is in no file of the database, however SQLite was built.

Builds differ in whether deleted rows are overwritten at once, and the log of a database
stays as long as anybody has it open, as a server does.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from articles.tests.make import make_drop, related_entry

from .process import ROOT, Site

pytestmark = pytest.mark.django_db
# Runs a command in a SQLite that leaves deleted rows where they were.
NOT_SECURELY = """
import django, sys
django.setup()
from django.core.management import call_command
from django.db.backends.signals import connection_created
def careless(connection, **given):
    connection.cursor().execute("PRAGMA secure_delete=OFF")
connection_created.connect(careless)
call_command(*sys.argv[1:])
"""
# Has the database open between two looks at it, and says how many drops there are.
SERVER = """
import sqlite3, sys
database = sqlite3.connect(sys.argv[1])
def look():
    print(*database.execute("SELECT count(*) FROM articles_drop").fetchone(), flush=True)
look()
sys.stdin.readline()
look()
"""
WORDS = ("zebra", "capybara", "axolotl", "okapi", "pango")


@pytest.fixture
def site(new_site, tmp_path: Path) -> Iterator[Site]:
    """A site that has what is to be forgotten, and is open elsewhere."""
    site, drops = new_site(), tmp_path / "drops"
    drops.mkdir()
    words = {
        "title": "Zebrafish escape",
        "excerpt": "A capybara saw the zebrafish go.",
        "provider": {"name": "Axolotl Times", "domain": "axolotl.example"},
        "topics": ["Okapis"],
        "related": [related_entry("https://pangolin.example/1", title="Pangolins too")],
    }
    (drops / "a.txt").write_bytes(make_drop(**words))
    (drops / "b.txt").write_bytes(make_drop())
    site.report("--publish", drops)
    assert left_in(site) == [*WORDS]
    # Not from here: a process that closes a file loses all of its locks on it.
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER, site.database],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None and server.stdout.readline() == "2\n"
    yield site
    assert server.communicate("\n", timeout=60)[0] == "1\n"


def left_in(site: Site) -> list[str]:
    """Those of the words that are in a file of the database, in any case."""
    held = b"".join(file.read_bytes() for file in site.folder.glob("news.sqlite3*"))
    return [word for word in WORDS if word.encode() in held.lower()]


def test_nothing_is_left_while_a_server_has_the_database_open(site):
    code, _, err = site.run("forget", "a", "--yes", "--why", "a take-down")
    assert code == 0, err
    assert left_in(site) == []


def test_nothing_is_left_where_sqlite_does_not_overwrite_what_it_deletes(site):
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            NOT_SECURELY,
            "forget",
            "a",
            "--yes",
            "--why",
            "a take-down",
        ],
        cwd=ROOT,
        env=site.environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert left_in(site) == []
