"""Folders, archives and standard input, however odd: reported, never fatal."""

from __future__ import annotations

import io
import os
import tarfile
import zipfile
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

import pytest

from articles.ingest.finding import archives, sources
from articles.ingest.finding.source import UnusableSource
from articles.ingest.finding.sources import find_sources
from articles.ingest.run import Options, run_import
from articles.models import Article
from articles.tests.make import NOW, make_drop

from .state import assert_same, site_state
from .worlds import world

pytestmark = pytest.mark.django_db
DROPS = {
    "a.txt": make_drop(webUrl="https://press.example/a"),
    "desk/b c.MD": make_drop(webUrl="https://press.example/b"),
    "desk/Ærø/世界.Yaml": make_drop(webUrl="https://press.example/c"),
    "desk/dots.in.name.yml": make_drop(webUrl="https://press.example/d"),
}
PASSED_OVER = {
    ".hidden.txt": b"x",
    "desk/.keep": b"",
    ".git/config.yaml": b"x",
    "notes.pdf": b"x",
}


def bring(path: Path):
    return run_import(list(find_sources(path)), Options(), now=NOW)


def written(folder: Path, files: dict[str, bytes]) -> Path:
    for name, raw in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(raw)
    return folder


def zipped(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in files.items():
            archive.writestr(name, raw)
    return path


def tarred(path: Path, files: dict[str, bytes], mode: str = "w:gz") -> Path:
    with tarfile.open(path, mode) as archive:
        for name, raw in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(raw)
            archive.addfile(member, io.BytesIO(raw))
    return path


def told(report) -> str:
    return "\n".join(map(str, report.problems))


def test_folder_zip_and_tar_give_the_same_site(db, tmp_path):
    files = DROPS | PASSED_OVER
    with world():
        report = bring(written(tmp_path / "folder", files))
        assert (report.created, report.rejected, report.files) == (4, 0, 4)
        expected = site_state()
    assert sorted(expected["articles"]) == [
        "a",
        "desk/b c",
        "desk/dots.in.name",
        "desk/Ærø/世界",
    ]
    for path in (
        zipped(tmp_path / "d.zip", files),
        tarred(tmp_path / "d.tar.gz", files),
        tarred(tmp_path / "d.tar", files, "w"),
        tarred(tmp_path / "d.tar.xz", files, "w:xz"),
        tarred(tmp_path / "d.TGZ", files),
    ):
        with world():
            report = bring(path)
            assert (report.created, report.rejected, report.files) == (4, 0, 4)
            assert_same(expected, site_state())


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


@pytest.mark.parametrize("pack", [zipped, tarred], ids=["zip", "tar"])
@pytest.mark.parametrize(
    "name",
    [
        "../evil.txt",
        "/etc/evil.txt",
        "a/../../evil.txt",
        "..\\evil.txt",
        "C:\\evil.txt",
    ],
)
def test_a_member_whose_path_leaves_the_archive_is_refused_by_name(
    db, tmp_path, pack, name
):
    report = bring(
        pack(
            tmp_path / "d.tar.gz" if pack is tarred else tmp_path / "d.zip",
            DROPS | {name: make_drop()},
        )
    )
    assert (report.created, report.rejected, report.exit_code) == (4, 1, 1)
    assert "evil.txt: its path leaves the archive" in told(report)


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE]
)
def test_links_and_devices_in_a_tar_are_refused_by_name(db, tmp_path, kind):
    path = tarred(tmp_path / "d.tar", DROPS, "w")
    with tarfile.open(path, "a") as archive:
        member = tarfile.TarInfo("link.txt")
        member.type, member.linkname = kind, "/etc/passwd"
        archive.addfile(member)
    report = bring(path)
    assert (report.created, report.rejected) == (
        4,
        1,
    ) and "link.txt: a link or device" in told(report)


def test_a_link_in_a_zip_is_refused_by_name(db, tmp_path):
    path = zipped(tmp_path / "d.zip", DROPS)
    with zipfile.ZipFile(path, "a") as archive:
        member = zipfile.ZipInfo("link.txt")
        member.external_attr = 0o120777 << 16
        archive.writestr(member, "/etc/passwd")
    report = bring(path)
    assert (report.created, report.rejected) == (
        4,
        1,
    ) and "link.txt: a link or device" in told(report)


@pytest.mark.parametrize("pack", [zipped, tarred], ids=["zip", "tar"])
def test_archives_within_archives_stay_closed_with_a_remark(db, tmp_path, pack):
    inner = zipped(tmp_path / "inner.zip", {"x.txt": make_drop()}).read_bytes()
    report = bring(
        pack(
            tmp_path / "d.tar.gz" if pack is tarred else tmp_path / "d.zip",
            DROPS | {"inner.zip": inner},
        )
    )
    assert (report.files, report.created, report.exit_code) == (4, 4, 0)
    assert "inner.zip: warning: an archive within an archive" in told(report)


def test_bombs_are_refused_before_they_burst(db, tmp_path, monkeypatch):
    bomb = b"---\n" + b" " * 1_900_000
    report = bring(
        zipped(
            tmp_path / "d.zip",
            DROPS | {"bomb.txt": bomb, "large.txt": b"x" * 3_000_000},
        )
    )
    assert (report.created, report.rejected) == (4, 2)
    assert "bomb.txt: unpacks to" in told(
        report
    ) and "large.txt: 3,000,000 bytes" in told(report)
    monkeypatch.setattr(archives, "MAX_UNPACKED", 1_000_000)
    with pytest.raises(UnusableSource, match="times its size"):
        list(
            find_sources(
                tarred(
                    tmp_path / "d.tar.gz",
                    {f"{n}.txt": b" " * 1_000_000 for n in range(4)},
                )
            )
        )
    monkeypatch.setattr(archives, "MAX_MEMBERS", 3)
    for path in (
        zipped(tmp_path / "m.zip", DROPS),
        tarred(tmp_path / "m.tar", DROPS, "w"),
    ):
        with pytest.raises(UnusableSource, match="4 members; at most 3"):
            list(find_sources(path))


@pytest.mark.parametrize(
    "name", ["d.zip", "d.tar", "d.tar.gz", "d.tgz", "d.tar.xz", "d.tar.bz2"]
)
def test_what_only_looks_like_an_archive_is_wrong_usage_in_words(tmp_path, name):
    for raw in (b"", b"no archive", b"\x1f\x8b\x08" + b"\0" * 40):
        (tmp_path / name).write_bytes(raw)
        try:
            for one in find_sources(tmp_path / name):
                one.read()
        except UnusableSource as error:
            assert name in str(error)


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.9])
def test_broken_archives_bring_what_can_be_read_or_say_why_not(db, tmp_path, cut):
    for path in (
        zipped(tmp_path / "d.zip", DROPS),
        tarred(tmp_path / "d.tar.gz", DROPS),
        tarred(tmp_path / "d.tar.xz", DROPS, "w:xz"),
    ):
        raw = bytearray(path.read_bytes())
        path.write_bytes(raw[: int(len(raw) * cut)])
        try:
            assert bring(path).exit_code in (0, 1)
        except UnusableSource as error:
            assert path.name in str(error)
        at = int(len(raw) * cut * 0.5)
        raw[at : at + 8] = b"\xff" * 8
        path.write_bytes(raw)
        try:
            assert bring(path).exit_code in (0, 1)
        except UnusableSource as error:
            assert path.name in str(error)


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
    with patch.object(sources.os, "stat", return_value=claimed):
        read = source.read()
    assert read == raw[:11]
    assert source.read() == raw
