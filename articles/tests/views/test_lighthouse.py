"""How Lighthouse marks the pages that readers come to first, as production serves them."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from articles.tests.ingest.conftest import empty_site, new_site
from articles.tests.ingest.process import Site
from articles.tests.serving import Server, served

from .checkers import PATIENCE, installed, program

__all__ = ["empty_site", "new_site"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.nightly]

CHECKER = "lighthouse@12.8.2"
LEAST = 95  # of 100
KINDS = ("performance", "accessibility", "best-practices", "seo")
# What cannot be met here: a loopback address has no certificate, and what a search finds
# is meant for no search engine.
SKIPPED = ("is-on-https", "redirects-http", "is-crawlable")
QUIET = "--headless=new --no-sandbox --disable-gpu --disable-background-networking"


@pytest.fixture
def server(new_site, seeds: Path) -> Iterator[Server]:
    """A real server with the five seeds published."""
    site: Site = new_site()
    site.report("--publish", seeds)
    assert site.run("collectstatic", "--noinput", "--verbosity", "0")[0] == 0
    with served(site.environment) as server:
        yield server


def marks(url: str, report: Path, folder: Path) -> dict[str, int]:
    """The marks of a page, of 100, by kind; the report stays beside a failed test."""
    home = installed(CHECKER, folder)
    asked = f"{url} --quiet --output=json --output-path={report} --preset=desktop"
    subprocess.run(
        [program("node"), str(home / "cli" / "index.js"), *asked.split()]
        + [f"--only-categories={','.join(KINDS)}", f"--skip-audits={','.join(SKIPPED)}"]
        + [f"--chrome-flags={QUIET}"],
        env=os.environ | {"CHROME_PATH": program("chromium")},
        check=True,
        timeout=PATIENCE,
        capture_output=True,
    )
    found = json.loads(report.read_text())["categories"]
    return {kind: round(found[kind]["score"] * 100) for kind in KINDS}


@pytest.mark.parametrize("kind", ["front", "story", "search"])
def test_lighthouse_marks_pages_highly(server, tmp_path, shared_folder, kind):
    story = server.get("/feed.rss")[1].decode().partition("/stories/")[2][:12]
    path = {"front": "/", "story": f"/stories/{story}/", "search": "/search/?q=facial"}
    url = f"http://127.0.0.1:{server.port}{path[kind]}"
    found = marks(url, tmp_path / "report.json", shared_folder)
    assert {name: mark for name, mark in found.items() if mark < LEAST} == {}
