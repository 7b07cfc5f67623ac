"""Kept pages of several processes: what is withdrawn is in none of them."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from articles.tests.ingest.process import ROOT, Site
from articles.tests.make import make_drop, related_entry
from articles.tests.serving import Server, served

SHARED = "redis://127.0.0.1:6379/7"
ROUNDS = 12  # so often a page is asked for that every process has met it
ACT = """
import sys, django
django.setup()
from articles.models import Article
from articles import publishing
article = Article.objects.select_related("page").get(source_name="quokka")
getattr(publishing, sys.argv[1])(article)
"""


@pytest.fixture
def site(tmp_path: Path) -> Site:
    drops = tmp_path / "drops"
    drops.mkdir()
    for name in ("quokka", "heron"):
        raw = make_drop(
            title=f"A {name} greets the ferry",
            webUrl=f"https://{name}.example/1",
            related=[related_entry(f"https://{name}.example/2")],
        )
        (drops / f"{name}.txt").write_bytes(raw)
    site = Site(tmp_path / "var")
    site.folder.mkdir()
    assert site.run("migrate", "--verbosity", "0")[0] == 0
    assert site.report("--publish", drops)["exit"] == 0
    return site


def shared_cache() -> str:
    """The address of a Redis that answers; skips where there is none."""
    redis = pytest.importorskip("redis")
    try:
        redis.Redis.from_url(SHARED).ping()
    except redis.RedisError:
        pytest.skip("no Redis answers at 127.0.0.1:6379")
    return SHARED


def act(environment: Mapping[str, str], what: str) -> None:
    told = [sys.executable, "-c", ACT, what]
    subprocess.run(told, cwd=ROOT, env=dict(environment), check=True)


def addresses(server: Server) -> list[str]:
    found = {"/": None, "/search/?q=quokka": None, "/feed.atom": None}
    for start in ("/", "/latest/", "/providers/"):
        for link in re.findall(rb'href="(/[^"#]*)"', server.get(start)[1]):
            path = link.decode().replace("&amp;", "&")
            if not path.startswith(("/static", "/admin")):
                found[path] = None
    return list(found)


def all_answers(server: Server, asked: list[str]) -> set[tuple[str, int, bytes]]:
    return {(path, *server.get(path)) for path in asked for _ in range(ROUNDS)}


@pytest.mark.parametrize("cache", ["own", "shared"])
def test_a_withdrawal_is_in_no_process_and_comes_back_as_it_was(site, cache):
    kept = "" if cache == "own" else shared_cache()
    environment = site.environment | {"CACHE_URL": kept}
    with served(environment) as server:
        asked = addresses(server)
        before = all_answers(server, asked)
        assert len(before) == len(asked)  # one answer, whoever gives it
        act(environment, "withdraw")
        rest = all_answers(server, asked)
        assert not [path for path, _, body in rest if b"A quokka greets" in body]
        act(environment, "publish")
        assert all_answers(server, asked) == before


def test_a_cache_that_is_not_there_is_done_without(site):
    pytest.importorskip("redis")
    with served(site.environment | {"CACHE_URL": "redis://127.0.0.1:1/0"}) as server:
        assert {server.get("/")[0] for _ in range(ROUNDS)} == {200}


def test_a_database_file_in_the_place_of_another_is_met_by_the_next_request(site):
    with served(site.environment) as server:
        assert b"A quokka greets" in server.get("/")[1]
        all_answers(server, ["/"])
        other = site.folder / "other.sqlite3"
        database, copy = sqlite3.connect(site.database), sqlite3.connect(other)
        with closing(database), closing(copy):
            database.backup(copy)
        with closing(sqlite3.connect(other)) as copy, copy:
            copy.execute("UPDATE articles_page SET title = 'An owl greets the ferry'")
            copy.execute("UPDATE articles_renderedstory SET made_by = ''")
            copy.execute("UPDATE articles_publication SET version = version + 1")
        for end in ("-wal", "-shm"):
            (site.folder / f"{site.database.name}{end}").unlink(missing_ok=True)
        os.replace(other, site.database)
        met = all_answers(server, ["/"])
        assert not [body for _, _, body in met if b"A quokka greets" in body]
        assert all(b"An owl greets" in body for _, _, body in met)
