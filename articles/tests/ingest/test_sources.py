"""Where drops come from, and what their names become."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from types import SimpleNamespace

from articles.models import Article
from articles.tests.make import GOOD, make_drop


def test_standard_input_needs_a_name_and_gives_it(import_seeds, monkeypatch):
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(GOOD)))
    assert import_seeds("-", "--name", "wire/today.txt").code == 0
    assert Article.objects.get().source_name == "wire/today"


def test_archives_are_like_their_unpacked_root(import_seeds, drop_folder, tmp_path):
    with zipfile.ZipFile(tmp_path / "drops.zip", "w") as archive:
        for path in drop_folder.rglob("*"):
            archive.write(path, path.relative_to(drop_folder))
    for ending in ("tar", "tar.gz", "tar.xz"):
        with tarfile.open(
            tmp_path / f"drops.{ending}",
            f"w:{ending.removeprefix('tar').removeprefix('.')}",
        ) as archive:
            archive.add(drop_folder, ".")
    plain = json.loads(import_seeds(drop_folder, "--json").out)
    assert (plain["created"], plain["rejected"]) == (1, 1)
    for name in ("drops.zip", "drops.tar", "drops.tar.gz", "drops.tar.xz"):
        found = json.loads(import_seeds(tmp_path / name, "--json").out)
        assert (name, found["files"], found["unchanged"], found["rejected"]) == (
            name,
            2,
            1,
            1,
        )
    assert Article.objects.get().source_name == "deep/good"


def test_names_are_relative_to_the_folder_or_the_root(import_seeds, drop_folder):
    import_seeds(drop_folder / "deep" / "good.MD")
    import_seeds(drop_folder / "deep" / "good.MD", "--root", drop_folder.parent)
    names = Article.objects.order_by("pk").values_list("source_name", flat=True)
    assert list(names) == ["good", "drops/deep/good"]


def test_two_files_of_one_name_are_an_error_for_both(import_seeds, tmp_path):
    for name in ("a.txt", "a.md", "b.txt"):
        (tmp_path / name).write_bytes(make_drop())
    found = json.loads(import_seeds(tmp_path, "--json").out)
    assert (found["created"], found["rejected"]) == (1, 2)
    assert Article.objects.get().source_name == "b"
