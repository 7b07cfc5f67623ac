"""A watch in a process of its own, while files and folders change under it."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from articles.tests.make import make_drop

from .packing import tarred, written, zipped
from .process import Site

pytestmark = [pytest.mark.nightly, pytest.mark.django_db]  # it waits for files to rest


@contextmanager
def watched(site: Site, *words: object) -> Iterator[subprocess.Popen[str]]:
    process = site.start("import_seeds", "--watch", "--json", *words)
    try:
        yield process
        assert process.poll() is None
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=10)
        assert process.returncode == 130 and "Traceback" not in err
    finally:
        process.kill()


def imported(process: subprocess.Popen[str]) -> tuple[int, int, int, int]:
    """What the next run of a watch says: created, updated, unchanged, rejected."""
    found = json.loads(process.stdout.readline())
    return tuple(
        found[name] for name in ("created", "updated", "unchanged", "rejected")
    )


def test_files_replaced_and_folders_removed_end_no_watch_and_are_not_missed(
    new_site, tmp_path
):
    site, folder = new_site(), tmp_path / "d"
    with watched(site, folder) as process:
        written(folder, {"a.txt": make_drop(), "deep/b.txt": make_drop()})
        assert imported(process) == (2, 0, 0, 0)
        for _ in range(3):
            new = written(tmp_path, {"new": make_drop()}) / "new"
            os.replace(new, folder / "a.txt")
            shutil.rmtree(folder / "deep")
            assert imported(process) == (0, 1, 0, 0)
            written(folder, {"deep/b.txt": make_drop()})
            assert imported(process) == (0, 1, 0, 0)
        shutil.rmtree(folder)
        written(folder, {"a.txt": b"---\ntitle: cut o"})
        assert imported(process) == (0, 0, 0, 1)
        last = make_drop(title="The last one")
        written(folder, {"a.txt": last})
        assert imported(process) == (0, 1, 0, 0)
        zipped(folder / "d.zip", {"c.txt": make_drop(), "a.txt": last})
        assert imported(process) == (1, 0, 1, 0)
        new = zipped(tmp_path / "new.zip", {"c.txt": make_drop()})
        os.replace(new, folder / "d.zip")
        assert imported(process) == (0, 1, 0, 0)
    assert site.state()["articles"]["a"]["title"] == "The last one"


def test_an_archive_that_comes_and_is_replaced_is_imported(new_site, tmp_path):
    site, path = new_site(), tmp_path / "d.tar.xz"
    with watched(site, path) as process:
        tarred(path, {"a.txt": make_drop()}, "w:xz")
        assert imported(process) == (1, 0, 0, 0)
        path.write_bytes(b"half of the next")
        assert imported(process) == (0, 0, 0, 1)
        tarred(path, {"a.txt": make_drop(), "b.txt": make_drop()}, "w:xz")
        assert imported(process) == (1, 1, 0, 0)


def test_a_watch_waits_for_another_import_and_says_so_once(new_site, seeds):
    site = new_site()
    with (site.folder / "import.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        process = site.start("import_seeds", "--watch", "--json", seeds)
        said = [process.stderr.readline(), process.stderr.readline()]
        fcntl.flock(lock, fcntl.LOCK_UN)
    assert said[1] == "Waiting: another import is running\n"
    assert imported(process) == (5, 0, 0, 0)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=10)
    assert process.returncode == 130 and "Waiting" not in err


def test_a_report_in_a_watched_folder_is_no_drop(new_site, seeds, tmp_path):
    folder = Path(shutil.copytree(seeds, tmp_path / "d"))
    site = new_site()
    code, _, err = site.run(
        "import_seeds", "--watch", folder, "--report", folder / "r.md"
    )
    assert code == 2 and len(err.splitlines()) == 1
    with watched(site, folder, "--report", folder / "r.json") as process:
        assert imported(process) == (5, 0, 0, 0)
        written(folder, {"a.txt": make_drop()})
        assert imported(process) == (1, 0, 0, 0)
    assert json.loads((folder / "r.json").read_text())["created"] == 1
