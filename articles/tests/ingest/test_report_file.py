"""The file of a report is looked at before anything is imported."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest

from articles.ingest import report_file, whole_file
from articles.models import Article, ImportRun
from articles.tests.make import GOOD, make_drop

from .packing import zipped


@pytest.fixture
def drops(tmp_path: Path) -> Path:
    folder = tmp_path / "drops"
    folder.mkdir()
    (folder / "a.txt").write_bytes(GOOD)
    (folder / "a.json.txt").write_text('{"files": 1}')
    (folder / "link.json").symlink_to(folder / "a.txt")
    (folder / "notes.json").write_text("Dear diary")
    (folder / "list.json").write_text("[1, 2]")
    (folder / "broken.json").symlink_to(folder / "nowhere" / "x.json")
    os.mkfifo(folder / "pipe")
    (folder / "folder").mkdir()
    zipped(folder / "d.zip", {"b.txt": make_drop()})
    return folder


@pytest.mark.parametrize(
    "name",
    ["nowhere/x.json", "folder", "a.txt", "a.txt/x.json", "a.json.txt", "link.json"]
    + ["notes.json", "list.json", "broken.json", "pipe", "new.txt", "folder/new.MD"]
    + ["d.zip", ".", "..", "x" * 256, "/dev/null", "/dev/full", "/proc/x.json"],
)
def test_a_report_that_cannot_be_or_would_overwrite_something_is_wrong_usage(
    import_seeds, drops, name
):
    before = contents(drops)
    for more in ([], ["--dry-run"], [drops / "d.zip"]):
        answer = import_seeds(drops, *more, "--report", drops / name)
        assert (answer.code, answer.out) == (2, "")
    assert contents(drops) == before
    assert not ImportRun.objects.exists()


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_refused_report_means_that_nothing_was_done(import_seeds, drops, tmp_path):
    answer = import_seeds(drops / "a.txt", "--report", drops / "notes.json")
    assert answer.code == 2
    assert not ImportRun.objects.exists() and not Article.objects.exists()


def test_a_read_only_folder_is_refused_before(import_seeds, drops, monkeypatch):
    def refuse(folder: Path) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(folder))

    monkeypatch.setattr(report_file, "try_writing", refuse)
    assert import_seeds(drops / "a.txt", "--report", drops / "r.json").code == 2
    assert not ImportRun.objects.exists()


def test_a_report_takes_the_place_of_the_last_one_and_of_nothing(
    import_seeds, drops, tmp_path
):
    report = tmp_path / "report.json"
    report.touch()
    for created in (1, 0):
        assert import_seeds(drops / "a.txt", "--report", report).code == 0
        assert json.loads(report.read_text())["created"] == created
    link = tmp_path / "latest.json"
    link.symlink_to(report)
    assert import_seeds(drops / "a.txt", "--report", link).code == 0
    assert link.is_symlink() and json.loads(report.read_text())["unchanged"] == 1
    assert [path.name for path in tmp_path.iterdir() if path.name[0] == "."] == []


def test_a_report_is_whole_or_the_last_one(import_seeds, drops, tmp_path, monkeypatch):
    report = tmp_path / "report.json"
    import_seeds(drops / "a.txt", "--report", report)
    last = report.read_text()

    def full(*given: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(report))

    monkeypatch.setattr(whole_file.os, "replace", full)
    assert import_seeds(drops / "a.txt", "--report", report).code == 2
    assert report.read_text() == last
    assert [path.name for path in tmp_path.iterdir() if path.name[0] == "."] == []
