"""Archives that claim much: refused in one line, before they take the memory."""

from __future__ import annotations

import bz2
import gzip
import lzma
import struct
import tarfile
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from articles.ingest.finding.source import UnusableSource
from articles.ingest.finding.sources import find_sources
from articles.tests.make import make_drop

from .packing import bring, told

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
