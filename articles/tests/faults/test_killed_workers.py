"""Workers of the server are killed while readers and editors are at the site."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from articles.tests.ingest.process import Site
from articles.tests.make import make_drop

from .serving import Served, editor_of, served

pytestmark = [pytest.mark.django_db, pytest.mark.nightly]
DROPS = 40
KILLS = 12
BETWEEN = 25  # answers between two kills


@pytest.fixture
def site(new_site, tmp_path: Path) -> Site:
    folder = tmp_path / "drops"
    folder.mkdir()
    for n in range(DROPS):
        raw = make_drop(title=f"Drop {n}", webUrl=f"https://example.com/{n}")
        (folder / f"{n}.txt").write_bytes(raw)
    site = new_site()
    assert site.report(folder)["created"] == DROPS
    return site


def rows(site: Site, sql: str) -> list[tuple]:
    with closing(sqlite3.connect(site.database)) as database:
        return database.execute(sql).fetchall()


def kill_workers(server: Served, answers: list[int], chance: random.Random) -> None:
    """Kill one after the other; in between readers are answered a while."""
    for kills in range(KILLS):
        while len(answers) < kills * BETWEEN:
            time.sleep(chance.uniform(0.01, 0.1))
        if pids := server.workers():
            os.kill(chance.choice(pids), signal.SIGKILL)


def read(server: Served, stop: threading.Event, statuses: list[int]) -> None:
    """Read until the end; a connection that dies with its worker is asked again."""
    while not stop.is_set():
        for path in ("/", "/latest/", "/search/?q=drop", "/feed.atom"):
            try:
                statuses.append(server.ask(path)[0])
            except OSError:
                time.sleep(0.02)


def test_no_decision_that_an_editor_was_told_of_is_lost(site):
    """Workers are killed at random while an editor withdraws and publishes.

    Whatever the editor was told is done is in the database, readers are only ever
    given whole pages, the site goes on, and the database is sound.
    """
    chance = random.Random(7)
    session = editor_of(site)
    articles = [pk for (pk,) in rows(site, "SELECT id FROM articles_article")]
    told: list[tuple[str, int]] = []
    statuses: list[int] = []
    stop = threading.Event()
    with served(site) as server:
        killing = threading.Thread(target=kill_workers, args=(server, statuses, chance))
        readers = [
            threading.Thread(target=read, args=(server, stop, statuses))
            for _ in range(4)
        ]
        for thread in (killing, *readers):
            thread.start()
        while killing.is_alive():
            action, article = (
                chance.choice(["publish", "withdraw"]),
                chance.choice(articles),
            )
            try:
                if server.decide(session, f"{action}_selected", article):
                    told.append((action, article))
            except OSError:
                time.sleep(0.02)
        killing.join()
        stop.set()
        for reader in readers:
            reader.join()
        assert server.ask("/")[0] == 200
        assert len(server.workers()) == 2
    assert len(told) > 10 and len(statuses) > KILLS * BETWEEN / 2
    assert set(statuses) == {200}
    made = rows(
        site,
        "SELECT d.kind, a.id FROM articles_decision d JOIN articles_article a "
        "ON a.source_name = d.source_name ORDER BY d.id",
    )
    assert missing_in_order(told, made) == []
    last = dict(reversed(pair) for pair in made)
    listed = dict(rows(site, "SELECT article_id, is_listed FROM articles_page"))
    assert {pk: bool(listed[pk]) for pk in last} == {
        pk: kind == "publish" for pk, kind in last.items()
    }
    assert rows(site, "SELECT count(*) FROM articles_page WHERE stale > 0") == [(0,)]
    assert rows(site, "PRAGMA integrity_check") == [("ok",)]


def missing_in_order(told: list[tuple], made: list[tuple]) -> list[tuple]:
    """What was told and was not made, one after the other."""
    left = iter(made)
    return [one for one in told if one not in left]
