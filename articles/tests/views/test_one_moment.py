"""Every answer is of one moment, however many write meanwhile."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path

import pytest

from articles.tests.ingest.process import ROOT, Site
from articles.tests.make import make_drop, related_entry
from articles.tests.serving import Server, served

READERS = 8
TITLE = "Harbour strike ends in Oslo"
# Withdraws and publishes an article without pause, until it is ended.
TOGGLING = """
import sys, django
django.setup()
from articles.models import Article
from articles.publishing import publish, withdraw
acts = {"publish": [publish], "withdraw": [withdraw], "both": [withdraw, publish]}
article = Article.objects.select_related("page").get(source_name="0")
while True:
    for act in acts[sys.argv[1]]:
        act(article)
    if sys.argv[1] != "both":
        break
    print("turned", flush=True)
"""


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Forty articles in ten stories; the best has an article that comes and goes."""
    drops = tmp_path / "drops"
    drops.mkdir()
    for n in range(40):
        (drops / f"{n}.txt").write_bytes(
            make_drop(
                title=TITLE if n < 5 else f"Glacier lake {n // 4} is found, day {n}",
                webUrl=f"https://paper{n}.example/{n}",
                publishedDateTime=f"2024-03-{1 + n // 4:02}T{n % 4 + 8:02}:00:00Z",
                provider={"name": f"Paper {n}", "domain": f"paper{n}.example"},
                topics=["Ships", f"Topic {n % 3}"],
                related=[
                    related_entry(f"https://paper{other}.example/{other}")
                    for other in range(n - n % 4, n - n % 4 + 4)
                    if other != n
                ],
            )
        )
    site = Site(tmp_path / "var")
    site.folder.mkdir()
    assert site.run("migrate", "--verbosity", "0")[0] == 0
    assert site.run("collectstatic", "--noinput", "--verbosity", "0")[0] == 0
    assert site.report("--publish", drops)["exit"] == 0
    return site


def toggle(site: Site, how: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", TOGGLING, how],
        cwd=ROOT,
        env=site.environment,
        stdout=subprocess.PIPE,
    )


@contextmanager
def toggling(site: Site) -> Iterator[subprocess.Popen[bytes]]:
    editor = toggle(site, "both")
    try:
        assert editor.stdout is not None
        editor.stdout.readline()
        yield editor
        assert editor.poll() is None, "the editor was refused"
    finally:
        editor.kill()
        editor.wait()


def addresses(server: Server) -> list[str]:
    """What can be followed from the main pages, feeds included."""

    found: dict[str, None] = {}
    for start in ("/", "/latest/", "/topics/", "/providers/", "/archive/", "/search/"):
        _, body = server.get(start)
        found[start] = None
        for link in re.findall(rb'href="(/[^"#]*)"', body):
            path = link.decode().replace("&amp;", "&")
            if not path.startswith(("/static", "/admin")):
                found[path] = None
    found["/search/?q=strike"] = None
    return list(found)


def hammer(site: Site, *, rounds: int) -> None:
    """Every answer is, to the byte, that of the one state or that of the other."""
    with served(site.environment) as server:
        asked = addresses(server)
        states = []
        for how in ("publish", "withdraw", "publish"):
            assert toggle(site, how).wait() == 0
            states.append({path: server.get(path) for path in asked})
        assert states[0] == states[2]
        allowed = {path: {state[path] for state in states} for path in asked}
        assert sum(len(answers) == 2 for answers in allowed.values()) > 10
        assert any(path.endswith(".atom") for path in asked)

        def read(reader: int) -> list[str]:
            wrong = []
            for path in islice(cycle(asked), reader, reader + rounds * len(asked)):
                answer = server.get(path)
                if answer not in allowed[path]:
                    wrong.append(f"{answer[0]} {path}")
            return wrong

        with toggling(site), ThreadPoolExecutor(READERS) as readers:
            wrong = [
                one for found in readers.map(read, range(READERS)) for one in found
            ]
        assert wrong == []


def test_no_page_is_of_two_moments(site: Site) -> None:
    hammer(site, rounds=1)


@pytest.mark.nightly
def test_no_page_is_of_two_moments_for_long(site: Site) -> None:
    hammer(site, rounds=20)
