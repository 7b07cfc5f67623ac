"""Archives that claim much: refused in one line, before they take the memory."""

from __future__ import annotations

import bz2
import gzip
import lzma
import struct
import tarfile
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from articles.ingest.finding import bounds
from articles.ingest.finding.source import UnusableSource
from articles.ingest.finding.sources import find_sources
from articles.tests.make import make_drop

from .packing import DROPS, bring, tarred, told, zipped

pytestmark = pytest.mark.django_db
CLAIMED = 1_500_000_000
HELD = 24_000_000  # bytes that are there of what is claimed
PACK: dict[str, Callable[[bytes], bytes]] = {
    "d.tar": bytes,
    "d.tar.gz": gzip.compress,
    "d.tar.bz2": bz2.compress,
    "d.tar.xz": lzma.compress,
    "d.tgz": gzip.compress,
}


@contextmanager
def little_memory(most: int = 12_000_000) -> Iterator[None]:
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < most
    finally:
        tracemalloc.stop()


def header(name: str, kind: bytes, size: int) -> bytes:
    member = tarfile.TarInfo(name)
    member.type, member.size = kind, size
    return member.tobuf(tarfile.GNU_FORMAT)


def refusal(path: Path) -> str:
    """In what words a path is refused, with little memory."""
    with little_memory(), pytest.raises(UnusableSource) as refused:
        list(find_sources(path))
    said = str(refused.value)
    assert said.startswith(f"{path}: ") and said.isprintable()
    return said


KINDS = {
    "pax": tarfile.XHDTYPE,
    "pax for all": tarfile.XGLTYPE,
    "pax of Solaris": tarfile.SOLARIS_XHDTYPE,
    "long name": tarfile.GNUTYPE_LONGNAME,
    "long link": tarfile.GNUTYPE_LONGLINK,
}


@pytest.mark.parametrize("name", PACK)
@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_header_that_claims_very_much_is_not_read(tmp_path, name, kind):
    raw = header("a.txt", kind, CLAIMED) + b"\0" * HELD
    (tmp_path / name).write_bytes(PACK[name](raw))
    assert "header" in refusal(tmp_path / name)


def test_many_headers_of_one_member_are_not_read_on(tmp_path):
    one = header("x", tarfile.XHDTYPE, 512) + b"9 a=bcde\n".ljust(512, b"\0")
    (tmp_path / "d.tar").write_bytes(one * 20_000)
    refusal(tmp_path / "d.tar")


def test_a_list_of_holes_is_not_read_on(tmp_path):
    old = bytearray(header("a.txt", tarfile.GNUTYPE_SPARSE, 0))
    old[482] = 1  # the list goes on
    more = (b"00000000001\0" * 42)[:504] + b"\1" + b"\0" * 7
    (tmp_path / "d.tar").write_bytes(bytes(old) + more * 30_000)
    refusal(tmp_path / "d.tar")
    said = b"22 GNU.sparse.major=1\n22 GNU.sparse.minor=0\n"
    said += b"30 GNU.sparse.name=hidden.txt\n"
    numbers = b"900000000\n" + b"1\n" * 8_000_000
    pax = header("p", tarfile.XHDTYPE, len(said)) + said.ljust(512, b"\0")
    raw = pax + header("a.txt", tarfile.REGTYPE, len(numbers)) + numbers
    (tmp_path / "e.tar").write_bytes(raw)
    refusal(tmp_path / "e.tar")


def test_a_file_with_holes_is_refused_by_name_and_the_rest_is_in(tmp_path):
    said = b"22 GNU.sparse.major=0\n22 GNU.sparse.minor=1\n"
    said += b"24 GNU.sparse.size=2000\n26 GNU.sparse.map=0,1,9,1\n"
    pax = header("p", tarfile.XHDTYPE, len(said)) + said.ljust(512, b"\0")
    drop = make_drop()
    plain = header("b.txt", tarfile.REGTYPE, len(drop)) + drop
    raw = pax + header("a.txt", tarfile.REGTYPE, 2).ljust(512) + b"xx".ljust(512, b"\0")
    (tmp_path / "d.tar").write_bytes(
        raw + plain + b"\0" * (-len(plain) % 512) + b"\0" * 1024
    )
    report = bring(tmp_path / "d.tar")
    assert (report.created, report.rejected) == (1, 1), told(report)


@pytest.mark.parametrize("size", [-512, -1024, -(2**40)])
def test_a_header_that_leads_backwards_is_refused(tmp_path, size):
    raw = bytearray(header("a.txt", tarfile.REGTYPE, 0))
    raw[124:136] = b"\xff" + size.to_bytes(11, "big", signed=True)
    raw[148:156] = b" " * 8
    raw[148:156] = b"%06o\0 " % sum(raw)
    for name in ("d.tar", "d.tar.xz"):
        (tmp_path / name).write_bytes(PACK[name](bytes(raw) * 4 + b"\0" * 1024))
        refusal(tmp_path / name)


@pytest.mark.parametrize("name", ["d.tar.gz", "d.tar.xz", "d.tar.bz2"])
def test_a_member_that_claims_very_much_is_not_unpacked(tmp_path, name):
    raw = header("a.pdf", tarfile.REGTYPE, CLAIMED) + b"\0" * HELD
    (tmp_path / name).write_bytes(PACK[name](raw))
    assert "times its size" in refusal(tmp_path / name)


def test_an_archive_that_wants_much_memory_to_be_unpacked_is_refused(tmp_path):
    (tmp_path / "d.tar.xz").write_bytes(dictionary_of(1 << 30))
    assert "emory" in refusal(tmp_path / "d.tar.xz")


def dictionary_of(size: int) -> bytes:
    """A stream of xz that claims a dictionary, of a power of two."""
    raw = bytearray(lzma.compress(b"x" * 1000, check=lzma.CHECK_NONE))
    # Behind the header of 12 bytes: the block's, with the filter's one property.
    at = raw.index(b"\x21\x01", 12) + 2
    raw[at] = (size.bit_length() - 13) * 2
    end = 12 + (raw[12] + 1) * 4
    raw[end - 4 : end] = struct.pack("<I", zlib.crc32(raw[12 : end - 4]))
    return bytes(raw)


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
