"""Exports past names that no file can have, and on disks that fail."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from articles.ingest import whole_file
from articles.ingest.obstacles import DISK_FULL
from articles.models import Drop
from articles.rules.phrasing import one_line
from articles.tests.make import import_drops, make_drop

from .test_export import exported, files_of

pytestmark = pytest.mark.django_db
ODD = {
    "../../x.txt": "below",
    "/etc/x.txt": "below",
    "a/../../x.txt": "below",
    "": "below",
    "d/f.txt/g.txt": "File exists",
    "d": "Is a directory",
    "x" * 300: "too long",
    "nul\0.txt": "null",
}


@pytest.fixture
def stored_oddly(db) -> dict[str, bytes]:
    """Drops under names that no import takes any more, among others."""
    drops = {f"{n}.txt": make_drop() for n in range(len(ODD))}
    rest = {name: make_drop() for name in ("d/f.txt", "z.txt")}
    import_drops(rest)
    import_drops(drops)
    for file_name, name in zip(drops, ODD, strict=True):
        Drop.objects.filter(file_name=file_name).update(file_name=name)
    return rest


def test_what_cannot_be_written_is_named_and_the_rest_is_there(
    stored_oddly, tmp_path, capsys
):
    folder = tmp_path / "one" / "two"
    with pytest.raises(CommandError) as ended:
        call_command("export_seeds", str(folder))
    lines = capsys.readouterr().err.splitlines()
    assert ended.value.returncode == 1 and str(len(ODD)) in str(ended.value)
    assert len(lines) == len(ODD)
    for (name, reason), line in zip(ODD.items(), lines, strict=True):
        assert line.startswith(f"{one_line(name)}: ") and reason in line
    assert files_of(folder) == stored_oddly
    assert [path for path in folder.rglob("*") if path.name[0] == "."] == []
    assert list(tmp_path.iterdir()) == [tmp_path / "one"]


def test_names_as_long_as_a_file_system_takes_come_back(db, tmp_path):
    raw = make_drop()
    import_drops({f"{'x' * 251}.txt": raw})
    assert exported(tmp_path) == {f"{'x' * 251}.txt": raw}


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EDQUOT, errno.EIO])
def test_a_disk_that_fails_ends_an_export_in_one_line(
    db, tmp_path, capsys, monkeypatch, number
):
    import_drops({f"{n}.txt": make_drop() for n in range(4)})
    left = iter(range(2))
    replace = os.replace

    def failing(begun: Path, path: Path) -> None:
        if next(left, None) is None:
            raise OSError(number, os.strerror(number), str(path))
        replace(begun, path)

    monkeypatch.setattr(whole_file.os, "replace", failing)
    with pytest.raises(CommandError) as ended:
        call_command("export_seeds", str(tmp_path))
    assert ended.value.returncode == 2 and str(tmp_path) in str(ended.value)
    assert "full" in str(ended.value) or number not in DISK_FULL
    assert capsys.readouterr().err == "" and len(files_of(tmp_path)) == 2


def test_a_place_where_no_folder_can_be_is_one_line(db, tmp_path):
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file", tmp_path / "file" / "x", Path("/proc/x")):
        with pytest.raises(CommandError) as ended:
            call_command("export_seeds", str(folder))
        assert ended.value.returncode == 2
