"""The lock of imports: one holds it, and nobody is left with it."""

from __future__ import annotations

import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import override_settings

from articles.ingest.lock import AnotherImportRuns, import_lock

from .process import ROOT, Site

HOLD = """
import django, sys
django.setup()
from articles.ingest.lock import import_lock
with import_lock():
    print("held", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture(autouse=True)
def var(tmp_path: Path):
    with override_settings(VAR_DIR=tmp_path):
        yield tmp_path


def test_a_second_one_is_refused_at_once_and_may_have_it_afterwards():
    with import_lock():
        for _ in range(2):
            with pytest.raises(AnotherImportRuns) as refused, import_lock():
                raise AssertionError("two hold the lock")
            assert refused.value.__cause__ is None
            assert refused.value.__suppress_context__
    with import_lock():
        pass


def test_whoever_fails_lets_go_of_it():
    with pytest.raises(ZeroDivisionError), import_lock():
        raise ZeroDivisionError
    with import_lock():
        pass


def test_what_blocks_inside_is_no_lock_of_another():
    with pytest.raises(BlockingIOError), import_lock():
        raise BlockingIOError


def test_each_installation_has_its_own(tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    with import_lock(), override_settings(VAR_DIR=other), import_lock():
        pass


def test_the_file_stays_as_it_is_and_is_its_owners(var):
    held = var / "import.lock"
    with import_lock():
        assert stat.S_IMODE(held.stat().st_mode) == 0o600
    was = held.stat().st_ino
    held.write_text("someone's note")
    with import_lock():
        pass
    assert (held.stat().st_ino, held.read_text()) == (was, "someone's note")


def test_a_process_that_is_killed_leaves_it_free(var):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD],
        cwd=ROOT,
        env=Site(var).environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None and process.stdout.readline() == "held\n"
    with pytest.raises(AnotherImportRuns), import_lock():
        pass
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    with import_lock():
        pass
