"""Backups are taken and put back while the site is at work."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import threading
from contextlib import closing
from pathlib import Path

import pytest

from articles.tests.ingest.process import Site
from articles.tests.ingest.state import assert_same
from articles.tests.make import make_drop, related_entry

from .serving import editor_of, served

pytestmark = [pytest.mark.django_db, pytest.mark.nightly]
DROPS = 400


def write_drops(folder: Path, count: int = DROPS) -> Path:
    folder.mkdir()
    for n in range(count):
        raw = make_drop(
            title=f"Harbour strike {n // 4}, day {n % 4}",
            webUrl=f"https://press.example/{n}",
            related=[
                related_entry(f"https://press.example/{n - n % 4 + step}")
                for step in range(4)
            ],
        )
        (folder / f"{n:03}.txt").write_bytes(raw)
    return folder


def rows(file: Path) -> dict[str, list[tuple]]:
    with closing(sqlite3.connect(file)) as database:
        names = database.execute(
            "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE TABLE%'"
        ).fetchall()
        return {
            name: sorted(database.execute(f"SELECT * FROM '{name}'"), key=repr)
            for (name,) in names
            if name != "articles_publication"  # its version is never what it was
        }


def exported(site: Site, folder: Path) -> dict[str, bytes]:
    assert site.run("export_seeds", folder)[0] == 0
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_backup_taken_during_an_import_is_a_moment_of_it(new_site, tmp_path):
    """Put back elsewhere, pages, decisions and exports are those of that moment.

    Backups are taken as fast as they go while 400 drops come in. Each holds whole
    batches only. Put back, it is equal to what it was in every row, and the drops it
    exports are, byte for byte, those that had come in; importing the folder again
    then gives the state of an import that nothing disturbed.
    """
    folder = write_drops(tmp_path / "drops")
    site = new_site()
    process = site.start("import_seeds", "--publish", folder)
    taken = []
    while process.poll() is None:
        file = tmp_path / f"backup-{len(taken)}"
        code, _, err = site.run("backup", file)
        assert code == 0, err
        taken.append(file)
    process.communicate()
    assert process.returncode == 0
    undisturbed = site.state()
    midway = [file for file in taken if 0 < len(rows(file)["articles_drop"]) < DROPS]
    assert midway, "no backup fell into the import"
    for number, file in enumerate(midway[:3]):
        held = rows(file)
        assert len(held["articles_drop"]) % 50 == 0
        other = new_site()
        assert other.run("restore", file)[0] == 0
        assert rows(other.database) == held
        out = exported(other, tmp_path / f"out-{number}")
        assert len(out) == len(held["articles_drop"])
        assert all(raw == (folder / name).read_bytes() for name, raw in out.items())
        report = other.report("--publish", folder)
        assert report["unchanged"] == len(out) and report["articles"] == DROPS
        assert_same(undisturbed, other.state())


def test_running_servers_answer_from_what_was_restored(new_site, tmp_path):
    """Readers ask all the while a backup is put back under two workers.

    No answer is an error, each is of before or of after, and from the end of the
    command on all are of after. An editor can then decide, and it is kept.
    """
    folder = write_drops(tmp_path / "drops", 20)
    site = new_site()
    assert site.report("--publish", folder)["exit"] == 0
    session = editor_of(site)
    assert site.run("backup", tmp_path / "b")[0] == 0
    (folder / "new.txt").write_bytes(make_drop(title="Not in the backup"))
    assert site.report("--publish", folder)["created"] == 1
    stop = threading.Event()
    answers: list[tuple[int, bool]] = []

    def read() -> None:
        while not stop.is_set():
            status, body = server.ask("/latest/")
            answers.append((status, "Not in the backup" in body))

    with served(site) as server:
        readers = [threading.Thread(target=read) for _ in range(4)]
        for reader in readers:
            reader.start()
        code, _, err = site.run("restore", tmp_path / "b")
        assert code == 0, err
        stop.set()
        for reader in readers:
            reader.join()
        for _ in range(20):
            status, body = server.ask("/latest/")
            assert status == 200 and "Not in the backup" not in body
        with closing(sqlite3.connect(site.database)) as database:
            [article] = database.execute(
                "SELECT id FROM articles_article LIMIT 1"
            ).fetchone()
        assert server.decide(session, "withdraw_selected", article)
    assert {status for status, _ in answers} == {200}
    assert answers[0][1]
    with closing(sqlite3.connect(site.database)) as database:
        made = database.execute(
            "SELECT count(*) FROM articles_decision WHERE kind = 'withdraw'"
        ).fetchone()
        assert made == (1,)
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_killed_restore_leaves_what_was_or_what_is_wanted(new_site, tmp_path):
    """`restore` is killed at many moments: the database is the old one or the new."""
    site = new_site()
    folder = write_drops(tmp_path / "drops", 60)
    assert site.report(folder)["exit"] == 0
    assert site.run("backup", tmp_path / "b")[0] == 0
    assert site.report("--publish", write_drops(tmp_path / "more", 120))["exit"] == 0
    before, wanted = rows(site.database), rows(tmp_path / "b")
    killed = 0
    for step in range(30):
        other = Site(Path(shutil.copytree(site.folder, tmp_path / f"killed-{step}")))
        process = other.start("restore", tmp_path / "b")
        try:
            process.wait(timeout=0.3 + step * 0.04)
        except subprocess.TimeoutExpired:
            process.kill()
            killed += 1
        process.communicate()
        found = rows(other.database)
        assert found in (before, wanted)
        assert other.run("restore", tmp_path / "b")[0] == 0
        assert rows(other.database) == wanted
        shutil.rmtree(other.folder)
    assert killed > 5
