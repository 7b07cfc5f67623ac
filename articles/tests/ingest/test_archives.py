"""Archives, however odd: they give what a folder gives, or are refused by name."""

from __future__ import annotations

import tarfile
import zipfile

import pytest

from articles.ingest.finding import bounds
from articles.ingest.finding.source import UnusableSource
from articles.ingest.finding.sources import find_sources
from articles.tests.make import make_drop

from .packing import DROPS, PASSED_OVER, bring, tarred, told, written, zipped
from .state import assert_same, site_state
from .worlds import world

pytestmark = pytest.mark.django_db


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
    monkeypatch.setattr(bounds, "MAX_UNPACKED", 1_000_000)
    with pytest.raises(UnusableSource, match="times its size"):
        list(
            find_sources(
                tarred(
                    tmp_path / "d.tar.gz",
                    {f"{n}.txt": b" " * 1_000_000 for n in range(4)},
                )
            )
        )
    monkeypatch.setattr(bounds, "MAX_MEMBERS", 3)
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
