"""Archives with any bytes changed: their drops, or a reason, and nothing else."""

from __future__ import annotations

import io
import random
import tarfile
import zipfile
from pathlib import Path

import pytest

from articles.ingest.finding.source import UnusableSource
from articles.ingest.finding.sources import find_sources
from articles.tests.make import make_drop

DROPS = {f"{'y' * 120 * (n % 2)}Æ{n}.txt": make_drop() for n in range(4)}


def zip_of(packing: int) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", packing) as archive:
        for name, raw in DROPS.items():
            archive.writestr(name, raw)
    return made.getvalue()


def tar_of(mode: str, style: int) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode=mode, format=style) as archive:
        for name, raw in DROPS.items():
            member = tarfile.TarInfo(name)
            member.size = len(raw)
            archive.addfile(member, io.BytesIO(raw))
    return made.getvalue()


ARCHIVES = {
    "stored.zip": zip_of(zipfile.ZIP_STORED),
    "deflated.zip": zip_of(zipfile.ZIP_DEFLATED),
    "bzip2.zip": zip_of(zipfile.ZIP_BZIP2),
    "lzma.zip": zip_of(zipfile.ZIP_LZMA),
    "gnu.tar": tar_of("w", tarfile.GNU_FORMAT),
    "pax.tar": tar_of("w", tarfile.PAX_FORMAT),
    "d.tar.gz": tar_of("w:gz", tarfile.GNU_FORMAT),
    "d.tar.xz": tar_of("w:xz", tarfile.PAX_FORMAT),
}


def mutated(raw: bytes, chance: random.Random) -> bytes:
    changed = bytearray(raw)
    for _ in range(chance.choice((1, 2, 5, 20))):
        at = chance.randrange(len(changed))
        if chance.random() < 0.7:
            changed[at] = chance.choice((0, 0x2D, 0x80, 0xFF, chance.randrange(256)))
        else:
            length = chance.randrange(1, 9)
            changed[at : at + length] = chance.choice((b"\0", b"\xff")) * length
    return bytes(changed[: chance.choice((len(raw), chance.randrange(len(raw)))) or 1])


def check(name: str, path: Path, times: int) -> None:
    chance = random.Random(name)
    for _ in range(times):
        path.write_bytes(mutated(ARCHIVES[name], chance))
        try:
            for source in find_sources(path):
                try:
                    source.read()
                except UnusableSource as error:
                    assert str(error)
        except UnusableSource as error:
            assert str(error).startswith(f"{path}: ")


@pytest.mark.parametrize("name", ARCHIVES)
def test_mutated_archives_give_drops_or_reasons(tmp_path, name):
    check(name, tmp_path / name, 150)


@pytest.mark.nightly
@pytest.mark.parametrize("name", ARCHIVES)
def test_many_mutated_archives_give_drops_or_reasons(tmp_path, name):
    check(name, tmp_path / name, 10_000)


def test_a_member_without_a_name_is_passed_over(tmp_path):
    raw = zip_of(zipfile.ZIP_STORED)
    at = raw.rindex(b"PK\1\2")
    begin, end = bytearray(raw[:at]), bytearray(raw[at:])
    length = end[28]
    end[28:30] = b"\0\0"
    end[30:32] = length.to_bytes(2, "little")  # what was its name is something else
    (tmp_path / "d.zip").write_bytes(begin + end)
    try:
        assert len(list(find_sources(tmp_path / "d.zip"))) == 3
    except UnusableSource as error:
        assert "not a readable zip" in str(error)
