"""Paths that are no plain files, and files that several paths lead to."""

from __future__ import annotations

import io
import os
import shutil
import socket
from contextlib import closing
from pathlib import Path

import pytest

from articles.drops.layout import MAX_BYTES
from articles.ingest.finding.source import UnusableSource
from articles.ingest.finding.sources import find_sources, from_stream
from articles.ingest.run import Options, run_import
from articles.models import Article
from articles.tests.make import NOW, make_drop

from .packing import bring, tarred, told, written, zipped

pytestmark = pytest.mark.django_db
DROPS = {"a.txt": make_drop(), "deep/b.md": make_drop()}


@pytest.fixture
def odd(tmp_path: Path, monkeypatch) -> Path:
    """A folder of everything that is neither file nor folder."""
    folder = tmp_path / "odd"
    folder.mkdir()
    os.mkfifo(folder / "pipe.txt")
    monkeypatch.chdir(folder)  # paths of sockets are short
    with closing(socket.socket(socket.AF_UNIX)) as made:
        made.bind("socket.txt")
    for name in ("zero", "full", "tty", "random"):
        (folder / f"{name}.txt").symlink_to(f"/dev/{name}")
    return folder


ODD = ["full.txt", "pipe.txt", "random.txt", "socket.txt", "tty.txt", "zero.txt"]


@pytest.mark.parametrize("name", ODD)
def test_what_is_no_file_is_refused_as_an_argument_and_never_opened(odd, name):
    for path in (odd / name, linked(odd.parent / f"link-{name}", odd / name)):
        with pytest.raises(UnusableSource, match="not a regular file") as refused:
            find_sources(path)
        assert str(refused.value).startswith(f"{path}: a ")


def test_what_is_no_file_is_rejected_in_a_folder_and_behind_a_link_to_one(odd):
    written(odd, DROPS)
    top = odd.parent / "top"
    top.mkdir()
    linked(top / "linked", odd)
    for folder, prefix in ((odd, ""), (top, "linked/")):
        report = bring(folder)
        assert (report.files, report.rejected) == (8, 6)
        for name in ODD:
            assert f"{folder}/{prefix}{name}: a " in told(report)
    assert Article.objects.count() == 4


def test_the_command_refuses_a_device_in_one_line(import_seeds, odd):
    answer = import_seeds(odd / "zero.txt")
    assert answer.code == 2
    assert import_seeds("/dev/null").code == 2


def test_standard_input_without_end_is_read_no_further_than_a_drop_may_go():
    with open("/dev/zero", "rb", buffering=0) as endless:
        source = from_stream(endless, name="a")
    with pytest.raises(UnusableSource, match=f"more than the {MAX_BYTES:,} bytes"):
        source.read()
    raw = b"x" * MAX_BYTES
    assert from_stream(io.BytesIO(raw), name="a").read() == raw


def test_an_endless_standard_input_is_one_line_and_one_rejection(new_site):
    site = new_site()
    with open("/dev/zero", "rb") as endless:
        process = site.start("import_seeds", "-", "--name", "a", stdin=endless)
        out, err = process.communicate(timeout=60)
    lines = [line for line in err.splitlines() if line.startswith("a: ")]
    assert process.returncode == 1 and out == "" and len(lines) == 1


@pytest.mark.parametrize(
    "name",
    ["../../x", "..", "a/../b", "/etc/x", "", " ", ".", "./a", "a//b", "a/", "a\\b"]
    + ["a\nb", "a\x00b", "a\x1bb", "a\x85b", "x" * 256, "\u00e9" * 128, "a/" * 500 + "a"]
    + [f"a/{'x' * 300}.txt", "caf\udce9"],
)  # fmt: skip
def test_a_name_that_no_file_could_have_is_wrong_usage(
    import_seeds, monkeypatch, name, tmp_path
):
    with pytest.raises(UnusableSource, match="--name") as refused:
        from_stream(io.BytesIO(b""), name=name)
    assert str(refused.value).isprintable()


def test_an_odd_name_that_a_file_could_have_is_taken():
    for name in ("a", "a.b", "desk/Ærø/世界.txt", "x" * 255, "a b", "-", "a:b"):
        assert from_stream(io.BytesIO(b"x"), name=name).file_name == name


SPELLINGS = {
    "the folder and its files": ["d", "d/a.txt", "d/deep/b.md"],
    "the files first": ["d/a.txt", "d/deep/b.md", "d"],
    "twice": ["d", "d", "./d", "d/", "d/../d"],
    "a folder in it": ["d/deep", "d"],
    "a link to the folder": ["d", "link"],
    "a link to a file": ["d", "link-a.txt"],
    "the link first": ["link-a.txt", "d/a.txt", "d"],
    "a link in a folder of its own": ["d", "other/a.txt"],
    "a hard link": ["d", "hard/a.txt"],
    "relative and absolute": ["d", "{here}/d", "{here}/d/a.txt"],
    "an archive": ["d.zip", "./d.zip", "{here}/d.zip", "link.zip"],
    "a tar": ["d.tar.gz", "./d.tar.gz"],
}


@pytest.mark.parametrize("paths", SPELLINGS.values(), ids=SPELLINGS)
def test_a_file_that_is_named_twice_is_taken_once(tmp_path, monkeypatch, paths):
    monkeypatch.chdir(tmp_path)
    written(tmp_path / "d", DROPS)
    linked(tmp_path / "link", tmp_path / "d")
    linked(tmp_path / "link-a.txt", tmp_path / "d" / "a.txt")
    (tmp_path / "other").mkdir(), (tmp_path / "hard").mkdir()
    linked(tmp_path / "other" / "a.txt", tmp_path / "d" / "a.txt")
    os.link(tmp_path / "d" / "a.txt", tmp_path / "hard" / "a.txt")
    linked(tmp_path / "link.zip", zipped(tmp_path / "d.zip", DROPS))
    tarred(tmp_path / "d.tar.gz", DROPS)
    report = imported(*(path.format(here=tmp_path) for path in paths))
    assert (report.files, report.created, report.rejected) == (2, 2, 0), told(report)
    assert sorted(Article.objects.values_list("source_name", flat=True)) == [
        "a",
        "deep/b",
    ]


def test_two_files_of_one_name_are_rejected_even_where_they_are_the_same_inside(
    tmp_path,
):
    raw = make_drop()
    written(tmp_path, {"one/a.txt": raw, "two/a.txt": raw, "two/b.txt": make_drop()})
    report = imported(tmp_path / "one", tmp_path / "two", tmp_path / "two")
    assert (report.files, report.created, report.rejected) == (3, 1, 2)
    twice = zipped(tmp_path / "d.zip", {"a.txt": raw})
    shutil.copy(twice, tmp_path / "e.zip")
    assert imported(twice, tmp_path / "e.zip").rejected == 2


def test_a_folder_that_was_visited_before_takes_no_name_from_a_drop(tmp_path):
    written(tmp_path, DROPS)
    linked(tmp_path / "loop", tmp_path)
    (tmp_path / "loop.txt").write_bytes(make_drop())
    report = bring(tmp_path)
    assert (report.created, report.rejected) == (3, 0)


def test_folders_deeper_than_any_stack_are_walked(tmp_path):
    folder = tmp_path
    for _ in range(1200):
        folder = folder / "d"
        folder.mkdir()
    (folder / "a.txt").write_bytes(make_drop())
    try:
        assert "longer than 990" in told(bring(tmp_path))
    finally:  # what clears the folders of tests has a stack, too
        (folder / "a.txt").unlink()
        while folder != tmp_path:
            folder.rmdir()
            folder = folder.parent


def test_a_drop_whose_name_only_sounds_like_an_archive_is_a_drop(tmp_path):
    written(tmp_path, {"notes.tar.txt": make_drop()})
    assert bring(tmp_path / "notes.tar.txt").created == 1


@pytest.mark.parametrize("files", [{}, {".keep": b"", "notes.pdf": b"x"}])
def test_a_place_without_drops_is_said_to_be_empty(tmp_path, files):
    folder = written(tmp_path / "d", files)
    folder.mkdir(exist_ok=True)
    for path in (folder, zipped(tmp_path / "d.zip", files)):
        report = bring(path)
        assert (report.files, report.exit_code) == (0, 0)
        assert told(report).startswith(f"{path}: warning: is empty")


def linked(link: Path, to: Path) -> Path:
    link.symlink_to(to)
    return link


def imported(*paths: str | Path):
    found = [source for path in paths for source in find_sources(Path(path))]
    return run_import(found, Options(), now=NOW)


def test_a_root_may_be_spelled_otherwise_than_what_is_below_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    written(tmp_path / "d", DROPS)
    here, there = Path("d"), tmp_path / "d"
    for root, path in ((here, there), (there, here), (Path(), there), (tmp_path, here)):
        top = "" if root in (here, there) else "d/"
        names = [one.file_name for one in find_sources(path, root=root)]
        assert names == [f"{top}a.txt", f"{top}deep/b.md"]
        with pytest.raises(UnusableSource, match="outside the root"):
            find_sources(tmp_path.parent, root=root)
