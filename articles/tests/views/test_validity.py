"""Every page of the site before the checker that the standard's own authors use."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from django.test import Client

from articles.ingest.report import Report
from articles.tests.crawl import crawl

from .checkers import PATIENCE, installed, program
from .visit import PAGES, address

pytestmark = [pytest.mark.django_db, pytest.mark.nightly]

CHECKER = "vnu-jar@24.10.17"  # later ones fetch their jar from elsewhere
# Lists without marks are no lists to some readers' software, unless the role says so.
EXPECTED = ("The “list” role is unnecessary for element",)


@pytest.fixture
def pages(seeds_site: Report, tmp_path: Path) -> dict[str, str]:
    """Every page that links lead to and every type of page, as files, by their names."""
    client = Client()
    found = crawl(client, [*map(address, PAGES), "/"])
    html = [a for a in found.values() if a.kind == "text/html" and a.content]
    for place, answer in enumerate(html):
        (tmp_path / f"{place}.html").write_bytes(answer.content)
    return {f"{place}.html": answer.address for place, answer in enumerate(html)}


def test_every_page_is_valid_html(pages, tmp_path, shared_folder):
    jar = installed(CHECKER, shared_folder) / "build" / "dist" / "vnu.jar"
    java = [program("java"), "-Xmx768m", "-jar", str(jar)]
    done = subprocess.run(
        [*java, "--format", "json", "--exit-zero-always", *pages],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    said = json.loads(done.stderr)["messages"]
    faults = [
        f"{pages[Path(one['url']).name]}:{one.get('lastLine')}: {one['message']}"
        for one in said
        if not one["message"].startswith(EXPECTED)
    ]
    assert len(pages) > 60
    assert faults == []
