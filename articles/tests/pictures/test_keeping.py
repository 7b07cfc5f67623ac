"""Pictures on the disk: few enough, private, and gone when there is no room."""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path

import pytest

from articles.pictures.keeping import FAILED_S, TOUCHED_S, Shelf

URL = "https://img.example/a.png"


@pytest.fixture
def shelf(tmp_path) -> Shelf:
    return Shelf(tmp_path / "pictures", 10_000)


def files(shelf: Shelf) -> list[Path]:
    return [path for path in shelf.folder.rglob("*") if path.is_file()]


def age(shelf: Shelf, seconds: float) -> None:
    for path in files(shelf):
        at = path.stat().st_mtime - seconds
        os.utime(path, (at, at))


def test_what_is_kept_is_kept_by_address_and_width(shelf):
    assert shelf.get(URL, 320) is None
    shelf.put(URL, 320, b"small")
    shelf.put(URL, 1200, b"large")
    assert shelf.get(URL, 320) == b"small"
    assert shelf.get(URL, 1200) == b"large"
    assert shelf.get(URL + "?", 320) is None


def test_nobody_else_can_read_it(shelf):
    old = os.umask(0)
    try:
        shelf.put(URL, 320, b"small")
        shelf.put_failure(URL, "why")
    finally:
        os.umask(old)
    for path in [shelf.folder, *shelf.folder.rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) == 0o700 if path.is_dir() else 0o600


def test_of_a_full_folder_what_was_used_least_recently_goes(shelf):
    for number in range(9):
        shelf.put(f"{URL}?{number}", 320, bytes(1000))
        age(shelf, 2 * TOUCHED_S)
    assert shelf.get(f"{URL}?0", 320)
    shelf.put(f"{URL}?new", 320, bytes(1500))
    assert sum(path.stat().st_size for path in files(shelf)) <= 10_000
    assert shelf.get(f"{URL}?0", 320) and shelf.get(f"{URL}?new", 320)
    assert shelf.get(f"{URL}?1", 320) is None


def test_it_never_takes_more_than_its_bound(shelf):
    for number in range(200):
        shelf.put(f"{URL}?{number}", 320, bytes(317))
        assert sum(path.stat().st_size for path in files(shelf)) <= 10_000
    assert shelf.get(f"{URL}?199", 320)


def test_two_processes_share_one_bound(shelf):
    other = Shelf(shelf.folder, shelf.most_bytes)
    for number in range(100):
        shelf.put(f"{URL}?{number}", 320, bytes(317))
        other.put(f"{URL}?{number}", 1200, bytes(317))
        assert sum(path.stat().st_size for path in files(shelf)) <= 10_000


def test_what_cannot_be_had_is_known_for_a_while(shelf):
    shelf.put_failure(URL, "why")
    assert shelf.has_failed(URL)
    age(shelf, FAILED_S + 1)
    assert not shelf.has_failed(URL)
    assert not shelf.has_failed(URL + "?")


def test_what_a_killed_process_left_goes(shelf):
    shelf.put(URL, 320, b"small")
    partial = files(shelf)[0].with_suffix(".partial")
    partial.write_bytes(b"half")
    at = time.time() - 7200
    os.utime(partial, (at, at))
    Shelf(shelf.folder, 10_000).put(URL, 1200, b"large")
    assert not partial.exists()
    assert shelf.get(URL, 320)


def test_a_folder_that_cannot_be_written_keeps_nothing(tmp_path):
    (tmp_path / "pictures").write_text("in the way")
    shelf = Shelf(tmp_path / "pictures", 10_000)
    shelf.put(URL, 320, b"small")
    assert shelf.get(URL, 320) is None
    assert not shelf.has_failed(URL)


def test_it_can_be_emptied(shelf):
    shelf.put(URL, 320, b"small")
    shelf.put_failure(URL, "why")
    shelf.empty()
    assert files(shelf) == []
