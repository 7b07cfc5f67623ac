"""What a watch finds ready, whatever happens to files and folders meanwhile."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from articles.ingest.finding.watch import QUIET, Watch
from articles.ingest.run import Options, run_import
from articles.models import Article
from articles.tests.make import NOW, make_drop

from .packing import tarred, written, zipped

ONE, TWO = make_drop(), make_drop()


class Watching:
    """A watch with a clock; what is ready is taken as imported."""

    def __init__(self, *paths: Path, **given: Path) -> None:
        self.watch = Watch(paths, **given)
        self.now = 0.0

    def look(self, seconds: float = QUIET) -> list[list[str]]:
        """The names that are ready by run, some time after the last look."""
        self.now += seconds
        ready = self.watch.ready(self.now)
        for sources in ready:
            self.watch.done(sources)
        return [[source.file_name for source in sources] for sources in ready]

    def rest(self) -> list[list[str]]:
        """The names that are ready when all has been still for long enough."""
        return self.look() + self.look()


def test_a_file_is_ready_once_it_rests_and_again_when_it_changes(tmp_path):
    watching = Watching(tmp_path)
    written(tmp_path, {"a.txt": ONE})
    assert watching.look() == []
    (tmp_path / "a.txt").write_bytes(ONE + b"\n")
    assert watching.look() == []
    assert watching.look(QUIET / 2) == []
    assert watching.look(QUIET / 2) == [["a.txt"]]
    assert watching.rest() == []
    (tmp_path / "a.txt").write_bytes(TWO)
    assert watching.rest() == [["a.txt"]]


@pytest.mark.parametrize("keep", [shutil.copy2, shutil.move], ids=["copy", "move"])
def test_a_file_of_the_same_size_and_time_is_another_one(tmp_path, keep):
    other = written(tmp_path / "other", {"a.txt": b"x" * 9}) / "a.txt"
    file = written(tmp_path / "d", {"a.txt": b"y" * 9}) / "a.txt"
    for path in (other, file):
        os.utime(path, (1, 1))
    watching = Watching(tmp_path / "d")
    assert watching.rest() == [["a.txt"]]
    keep(other, file)
    assert watching.rest() == [["a.txt"]]


def test_what_goes_and_comes_back_is_new(tmp_path):
    folder = written(tmp_path / "d", {"a.txt": ONE, "deep/b.txt": TWO})
    watching = Watching(folder)
    assert watching.rest() == [["a.txt", "deep/b.txt"]]
    shutil.rmtree(folder / "deep")
    assert watching.rest() == []
    written(folder, {"deep/b.txt": TWO})
    assert watching.rest() == [["deep/b.txt"]]
    os.rename(folder, tmp_path / "gone")
    assert watching.rest() == []
    written(folder, {"c.txt": ONE})
    assert watching.rest() == [["c.txt"]]


def test_a_folder_becomes_a_file_and_a_file_a_folder(tmp_path):
    path = written(tmp_path / "d", {"a.txt": ONE, "b": b""})
    watching = Watching(path)
    assert watching.rest() == [["a.txt"]]
    (path / "a.txt").unlink(), (path / "b").unlink()
    written(path, {"a.txt/c.txt": ONE, "b/d.txt": TWO})
    assert watching.rest() == [["a.txt/c.txt", "b/d.txt"]]


def test_what_vanishes_while_it_is_looked_for_is_passed_over(tmp_path, monkeypatch):
    written(tmp_path, {"a.txt": ONE, "deep/b.txt": TWO})
    watching = Watching(tmp_path)
    scan = os.scandir

    def vanishing(path: str):
        if str(path).endswith("deep"):
            shutil.rmtree(path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", vanishing)
    assert watching.rest() == [["a.txt"]]


@pytest.mark.parametrize("name", ["d.zip", "d.tar.xz", "d.tar", "d.tgz"])
def test_an_archive_is_ready_once_it_rests_and_again_when_it_is_replaced(
    tmp_path, name
):
    path = tmp_path / name
    watching = Watching(path)
    assert watching.rest() == []
    packed(path, {"a.txt": ONE, "deep/b.txt": TWO})
    assert watching.look() == []
    assert watching.look() == [["a.txt", "deep/b.txt"]]
    assert watching.rest() == []
    path.unlink()
    assert watching.rest() == []
    packed(path, {"c.txt": TWO})
    assert watching.rest() == [["c.txt"]]
    new = packed(tmp_path / f"new-{name}", {"d.txt": ONE})
    os.replace(new, path)
    assert watching.rest() == [["d.txt"]]


def test_an_archive_that_cannot_be_read_is_said_once_and_read_when_it_can(tmp_path):
    path = tmp_path / "d.tar.gz"
    path.write_bytes(b"half of it")
    watching = Watching(path)
    assert watching.rest() == [[str(path)]]
    assert watching.rest() == []
    packed(path, {"a.txt": ONE})
    assert watching.rest() == [["a.txt"]]


def test_archives_in_a_watched_folder_have_runs_of_their_own_the_oldest_first(tmp_path):
    written(tmp_path, {"a.txt": ONE, "deep/b.txt": TWO})
    packed(tmp_path / "deep" / "old.zip", {"old.txt": ONE})
    packed(tmp_path / "a-new.tar.gz", {"new.txt": ONE})
    os.utime(tmp_path / "deep" / "old.zip", (1, 1))
    watching = Watching(tmp_path)
    assert watching.rest() == [["old.txt"], ["new.txt"], ["a.txt", "deep/b.txt"]]
    packed(tmp_path / "deep" / "old.zip", {"newer.txt": TWO})
    assert watching.rest() == [["newer.txt"]]
    assert watching.rest() == []


def test_what_was_not_imported_is_ready_again(tmp_path):
    packed(tmp_path / "d.zip", {"a.txt": ONE})
    written(tmp_path, {"b.txt": TWO})
    watch = Watch([tmp_path])
    watch.ready(0)
    for now in (QUIET, QUIET + 1):
        assert [len(run) for run in watch.ready(now)] == [1, 1]


def test_a_change_after_it_was_found_is_not_missed(tmp_path, db):
    written(tmp_path, {"a.txt": ONE})
    watch = Watch([tmp_path])
    watch.ready(0)
    [ready] = watch.ready(QUIET)
    (tmp_path / "a.txt").write_bytes(make_drop(title="Changed just then"))
    run_import(ready, Options(), now=NOW)
    watch.done(ready)
    watch.ready(3 * QUIET)
    [again] = watch.ready(4 * QUIET)
    assert run_import(again, Options(), now=NOW).unchanged == 1
    assert Article.objects.get().title == "Changed just then"


def test_remarks_are_no_reason_to_run(tmp_path):
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "empty").mkdir()
    assert Watching(tmp_path).rest() == []
    assert Watching(tmp_path / "empty").rest() == []


def packed(path: Path, files: dict[str, bytes]) -> Path:
    if path.suffix == ".zip":
        return zipped(path, files)
    mode = {".xz": "w:xz", ".tar": "w"}.get(path.suffix, "w:gz")
    return tarred(path, files, mode)
