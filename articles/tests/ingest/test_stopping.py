"""Ending an import: soon, between two files, and at once if asked twice."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable

import pytest

from articles.ingest import run
from articles.ingest.finding.source import Source
from articles.ingest.finding.sources import from_bytes
from articles.ingest.run import Options, run_import
from articles.models import Article
from articles.tests.make import NOW, import_drops, make_drop, related_entry

from .packing import zipped
from .process import ROOT

DROPS = {f"{n}.txt": make_drop() for n in range(6)}


def counting(drops: dict[str, bytes], read: list[str]) -> list[Source]:
    """Sources that note when they are read."""

    def reading(name: str, raw: bytes) -> Callable[[], bytes]:
        def get() -> bytes:
            read.append(name)
            return raw

        return get

    return [
        Source(name.removesuffix(".txt"), name, name, reading(name, raw))
        for name, raw in drops.items()
    ]


@pytest.mark.parametrize("after", [0, 1, 3, 5])
def test_no_file_is_read_once_it_is_asked_to_stop(db, after):
    read: list[str] = []
    options = Options(stop=lambda: len(read) >= after)
    report = run_import(counting(DROPS, read), options, now=NOW)
    assert (len(read), report.exit_code, report.created) == (after, 130, 0)
    assert not Article.objects.exists()
    assert import_drops(DROPS).created == 6


def test_a_batch_of_which_the_last_file_was_read_is_not_said_to_be_in(db):
    read: list[str] = []
    asked = iter([False] * 9)  # true from the middle of checking what was read
    options = Options(stop=lambda: next(asked, True))
    report = run_import(counting(DROPS, read), options, now=NOW)
    assert (len(read), report.interrupted, report.created) == (6, True, 0)


def test_long_lists_are_stored_in_portions_between_which_it_can_stop(db, monkeypatch):
    monkeypatch.setattr(run, "PORTION", 10)
    entries = [related_entry(f"https://press.example/{n}") for n in range(6)]
    drops = {f"{n}.txt": make_drop(related=entries) for n in range(6)}
    sources = [from_bytes(raw, name=name) for name, raw in drops.items()]
    options = Options(stop=lambda: Article.objects.count() >= 4)
    report = run_import(sources, options, now=NOW)
    assert (report.created, report.exit_code) == (4, 130)
    assert import_drops(drops).created == 2


UNHEEDING = """
from articles.ingest.stopping import stopping
with stopping() as stopped:
    print("begun", flush=True)
    while not stopped:
        pass
    print("asked", flush=True)
    while True:
        pass
"""


@pytest.mark.parametrize("first", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("second", [signal.SIGINT, signal.SIGTERM])
def test_a_second_signal_ends_it_at_once(first, second):
    process = subprocess.Popen(
        [sys.executable, "-c", UNHEEDING], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert process.stdout.readline() == "begun\n"
    process.send_signal(first)
    assert process.stdout.readline() == "asked\n"
    process.send_signal(second)
    process.communicate(timeout=30)
    assert process.returncode == -second


@pytest.mark.django_db
def test_a_signal_ends_a_watch_and_what_it_had_begun_is_not_lost(new_site, tmp_path):
    site, folder = new_site(), tmp_path / "d"
    folder.mkdir()
    zipped(folder / "d.zip", DROPS)
    process = site.start("import_seeds", "--watch", "--json", folder)
    assert '"created": 6' in process.stdout.readline()
    zipped(folder / "new.zip", {"new.txt": make_drop()})
    (folder / "new.zip").replace(folder / "d.zip")
    assert '"created": 1' in process.stdout.readline()
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=10)
    assert process.returncode == 130 and "Traceback" not in err
    assert site.report(folder / "d.zip")["unchanged"] == 1
