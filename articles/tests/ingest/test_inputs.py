"""Files, folders and standard input, however odd: reported, never fatal."""

from __future__ import annotations

import os
from types import SimpleNamespace
from unittest.mock import patch

import pytest

from articles.ingest.finding import opening, sources
from articles.ingest.finding.source import UnusableSource
from articles.ingest.finding.sources import find_sources
from articles.ingest.run import Options, run_import
from articles.models import Article
from articles.tests.make import NOW, make_drop

from .packing import DROPS, bring, told, written

pytestmark = pytest.mark.django_db


def test_a_file_alone_is_named_from_its_folder_or_the_root_given(db, tmp_path):
    written(tmp_path, DROPS)
    path = tmp_path / "desk" / "b c.MD"
    assert [one.source_name for one in find_sources(path)] == ["b c"]
    assert [one.source_name for one in find_sources(path, root=tmp_path)] == [
        "desk/b c"
    ]
    assert [one.source_name for one in find_sources(tmp_path / "desk", root=tmp_path)][
        0
    ] == "desk/b c"
    with pytest.raises(UnusableSource, match="outside the root"):
        list(find_sources(path, root=tmp_path / "elsewhere"))


def test_loops_dead_links_and_pipes_are_reported_and_the_rest_is_in(db, tmp_path):
    folder = written(tmp_path / "folder", DROPS)
    (folder / "desk" / "loop").symlink_to(folder)
    (folder / "self.txt").symlink_to(folder / "self.txt")
    (folder / "dead.txt").symlink_to(folder / "nowhere")
    os.mkfifo(folder / "pipe.txt")
    report = bring(folder)
    assert (report.created, report.rejected) == (4, 3)
    assert "loop: warning: this folder was visited before" in told(report)
    for name in ("self.txt", "dead.txt", "pipe.txt"):
        assert f"{name}: " in told(report)


def test_files_and_folders_that_vanish_or_cannot_be_read_are_reported(
    db, tmp_path, monkeypatch
):
    folder = written(tmp_path / "folder", DROPS | {"zz/e.txt": make_drop()})
    found = list(find_sources(folder))
    (folder / "a.txt").unlink()
    report = run_import(found, Options(), now=NOW)
    assert (report.created, report.rejected, report.exit_code) == (4, 1, 1)
    assert "a.txt: cannot be read: No such file" in told(report)
    scan = os.scandir

    def refusing(path):
        if str(path).endswith("zz"):
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr(sources.os, "scandir", refusing)
    report = bring(folder)
    assert report.unchanged == 3 and "zz: " in told(report)


def test_two_files_of_one_name_are_an_error_for_both(db, tmp_path):
    report = bring(
        written(
            tmp_path, {"a.txt": make_drop(), "a.md": make_drop(), "b.txt": make_drop()}
        )
    )
    assert (report.created, report.rejected) == (1, 2)
    assert "a.md: 2 files" in told(report) and "a.txt: 2 files" in told(report)
    assert Article.objects.get().source_name == "b"


def test_names_that_cannot_be_stored_are_refused_and_odd_ones_kept(db, tmp_path):
    written(tmp_path, {"line\nend.txt": make_drop(), "a'b\"c&<d>.txt": make_drop()})
    with open(os.fsencode(tmp_path) + b"/caf\xe9.txt", "wb") as file:
        file.write(make_drop())
    report = bring(tmp_path)
    assert (report.created, report.rejected) == (2, 1)
    assert "not UTF-8" in told(report) and "\n" not in str(report.problems[0])


def test_a_path_that_is_not_there_is_wrong_usage(tmp_path):
    for path in (tmp_path / "nowhere", tmp_path / ("x" * 300)):
        with pytest.raises(UnusableSource):
            list(find_sources(path))


def test_standard_input_is_one_drop_under_its_name(new_site):
    site = new_site()
    raw = make_drop(webUrl="https://press.example/in").decode()
    assert site.report("-", "--name", "desk/in", stdin=raw)["created"] == 1
    assert list(site.state()["articles"]) == ["desk/in"]
    code, _, err = site.run("import_seeds", "-", stdin=raw)
    assert code == 2 and "--name" in err
    assert site.report("-", "--name", "desk/in.txt", stdin=raw)["unchanged"] == 1


def test_a_file_that_claims_to_be_smaller_than_it_is_is_not_read_on(tmp_path):
    grown, raw = tmp_path / "grown.txt", make_drop()
    grown.write_bytes(raw)
    (source,) = find_sources(tmp_path)
    claimed = SimpleNamespace(st_mode=grown.stat().st_mode, st_size=10)
    with patch.object(opening.os, "fstat", return_value=claimed):
        read = source.read()
    assert read == raw[:11]
    assert source.read() == raw
