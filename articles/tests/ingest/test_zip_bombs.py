"""Zips that claim much or hold more than they say, and names in any archive."""

from __future__ import annotations

import struct
import tarfile
import zipfile

import pytest

from articles.ingest.finding import bounds
from articles.ingest.finding.sources import find_sources
from articles.tests.make import make_drop

from .packing import DROPS, bring, tarred, told, zipped
from .test_bombs import CLAIMED, HELD, PACK, little_memory, refusal

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "packing", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
)
def test_a_member_of_a_zip_that_holds_more_than_it_says_is_refused(tmp_path, packing):
    path = tmp_path / "d.zip"
    with zipfile.ZipFile(path, "w", packing) as archive:
        archive.writestr("a.txt", b" " * HELD)
        archive.writestr("b.txt", make_drop())
    raw = path.read_bytes()
    path.write_bytes(raw.replace(struct.pack("<I", HELD), struct.pack("<I", 20_000)))
    with little_memory(most=HELD // 2):
        report = bring(path)
    assert (report.created, report.rejected) == (1, 1)
    assert "a.txt: " in told(report)


@pytest.mark.parametrize(
    "packing",
    [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA],
)
def test_zips_are_read_however_they_are_packed(tmp_path, packing):
    rich = {f"{n}.txt": make_drop(excerpt=f"{n} Ærø 世界 " * 500) for n in range(4)}
    with zipfile.ZipFile(tmp_path / "d.zip", "w", packing) as archive:
        for name, raw in (rich | {"empty.txt": b""}).items():
            archive.writestr(name, raw)
    found = {one.file_name: one.read() for one in find_sources(tmp_path / "d.zip")}
    assert found == rich | {"empty.txt": b""}
    with zipfile.ZipFile(tmp_path / "d.zip") as archive:
        at = archive.getinfo("1.txt").header_offset + 60
    raw = bytearray((tmp_path / "d.zip").read_bytes())
    raw[at : at + 4] = b"\xff\0\xff\0"
    (tmp_path / "d.zip").write_bytes(raw)
    report = bring(tmp_path / "d.zip")
    assert (report.created, report.rejected) == (3, 2)
    assert "1.txt: cannot be unpacked" in told(report)


def test_a_zip_of_very_many_small_bombs_is_refused_as_one(tmp_path, monkeypatch):
    monkeypatch.setattr(bounds, "MAX_UNPACKED", 1_000_000)
    files = {f"{n}.txt": b" " * 30_000 for n in range(60)}
    assert "times its size" in refusal(zipped(tmp_path / "d.zip", files))


def test_a_zip_of_too_many_members_is_refused_before_they_are_listed(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(bounds, "MAX_MEMBERS", 1000)
    path = zipped(tmp_path / "d.zip", {f"{n}": b"" for n in range(1200)})
    listed = []
    monkeypatch.setattr(zipfile, "ZipInfo", lambda *given: listed.append(given))
    assert "1,200 members" in refusal(path)
    assert listed == []


@pytest.mark.parametrize("pack", [zipped, tarred], ids=["zip", "tar"])
def test_names_that_are_very_long_together_are_refused(tmp_path, monkeypatch, pack):
    monkeypatch.setattr(bounds, "MAX_NAMES", 10_000)
    files = {f"{n}{'x' * 400}.txt": b"" for n in range(30)}
    path = tmp_path / ("d.zip" if pack is zipped else "d.tar.gz")
    assert "names" in refusal(pack(path, files))


@pytest.mark.parametrize("pack", [zipped, tarred], ids=["zip", "tar"])
@pytest.mark.parametrize("name", ["a/" * 600 + "a.txt", "b" * 300 + ".txt"])
def test_a_name_that_no_file_can_have_is_refused_and_the_rest_is_in(
    tmp_path, pack, name
):
    path = tmp_path / ("d.zip" if pack is zipped else "d.tar.gz")
    report = bring(pack(path, DROPS | {name: make_drop()}))
    assert (report.created, report.rejected) == (4, 1)
    assert "longer than" in told(report)


def test_a_name_with_a_nul_is_refused_and_the_rest_is_in(tmp_path):
    """Headers of POSIX can give one, which ends no name there."""
    path = tmp_path / "d.tar"
    with tarfile.open(path, "w", format=tarfile.PAX_FORMAT) as archive:
        member = tarfile.TarInfo("x.txt")
        member.pax_headers = {"path": "a\0b.txt"}
        archive.addfile(member)
    tarred(tmp_path / "rest.tar", DROPS, "w")
    path.write_bytes(path.read_bytes()[:1536] + (tmp_path / "rest.tar").read_bytes())
    report = bring(path)
    assert (report.created, report.rejected) == (4, 1)
    assert "NUL" in told(report)


def test_a_directory_of_a_zip_that_claims_very_much_is_not_read(tmp_path):
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, CLAIMED, 0, 0)
    (tmp_path / "d.zip").write_bytes(b"\0" * 1000 + end)
    refusal(tmp_path / "d.zip")


def test_the_real_archives_are_no_bombs(corpus, tmp_path):
    with little_memory(most=90_000_000):  # 64 MB are what unpacking it takes
        assert len(list(find_sources(corpus / "drops.tar.xz"))) == 3344


def test_an_archive_in_a_stream_of_its_own_kind_is_read(tmp_path):
    """Several streams one after another, as parallel packers write them."""
    raw = tarred(tmp_path / "d.tar", DROPS, "w").read_bytes()
    half = len(raw) // 2
    for name in ("d.tar.gz", "d.tar.xz", "d.tar.bz2"):
        pack = PACK[name]
        (tmp_path / name).write_bytes(pack(raw[:half]) + pack(raw[half:]))
        assert len(list(find_sources(tmp_path / name))) == 4
