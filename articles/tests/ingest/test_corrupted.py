"""Corrupted copies among clean drops: all clean ones in, every broken one named."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from articles.ingest.finding.sources import find_sources
from articles.ingest.run import Options, run_import
from articles.models import Article
from articles.tests.make import NOW

pytestmark = pytest.mark.django_db


def _cut_off(raw: bytes, chance: random.Random) -> bytes:
    return raw[: chance.randrange(5, raw.rindex(b"\n---"))]


def _put_in(piece: bytes) -> Callable[[bytes, random.Random], bytes]:
    def corrupted(raw: bytes, chance: random.Random) -> bytes:
        # Between two characters, so that nothing but the piece is wrong.
        at = raw.index(b"\ntitle:") + 7
        return raw[:at] + b" x" + piece + raw[at:]

    return corrupted


def _without(key: bytes) -> Callable[[bytes, random.Random], bytes]:
    return lambda raw, chance: raw.replace(b"\n" + key, b"\nx" + key, 1)


CORRUPTIONS = [
    _cut_off,
    _put_in(b"\0"),
    _put_in(b"\xff"),
    _put_in(b"\x1b"),
    _without(b"title:"),
    _without(b"publishedDateTime:"),
    lambda raw, chance: raw.replace(b"\ntitle:", b"\n\ttitle:", 1),
    lambda raw, chance: raw.replace(b"\ntitle:", b"\ntitle: one\ntitle:", 1),
    lambda raw, chance: raw.replace(b"\nprovider:", b"\nprovider: text\nx:", 1),
    lambda raw, chance: raw.removeprefix(b"---\n"),
]


def corrupt(folder: Path, clean: list[Path], *, count: int, seed: int) -> list[str]:
    """Lay the clean files and corrupted copies into a folder; name the copies."""
    chance = random.Random(seed)
    for file in clean:
        (folder / file.name).symlink_to(file)
    names = []
    for number, file in enumerate(chance.sample(clean, count)):
        raw = CORRUPTIONS[number % len(CORRUPTIONS)](file.read_bytes(), chance)
        names.append(f"corrupted-{number}.md")
        (folder / names[-1]).write_bytes(raw)
    return names


def all_clean_in_and_all_broken_named(
    folder: Path, clean: list[Path], *, count: int, seed: int
) -> None:
    broken = corrupt(folder, clean, count=count, seed=seed)
    report = run_import(list(find_sources(folder)), Options(), now=NOW)
    assert (report.created, report.rejected, report.exit_code) == (len(clean), count, 1)
    named = {
        Path(one.path).name
        for one in report.problems
        if one.problem.severity == "error"
    }
    assert named == set(broken)
    assert set(Article.objects.values_list("source_name", flat=True)) == {
        file.stem for file in clean
    }


def test_20_corrupted_copies_among_60_drops(db, some_drops, tmp_path):
    """Each of the ten ways to corrupt a drop, twice."""
    clean = sorted(some_drops.iterdir())[::5]
    all_clean_in_and_all_broken_named(tmp_path, clean, count=20, seed=50)


@pytest.mark.nightly
def test_50_corrupted_copies_among_300_drops(db, some_drops, tmp_path):
    clean = sorted(some_drops.iterdir())
    all_clean_in_and_all_broken_named(tmp_path, clean, count=50, seed=50)


@pytest.mark.nightly
def test_50_corrupted_copies_among_all_drops_of_the_corpus(db, corpus_drops, tmp_path):
    clean = sorted(corpus_drops.iterdir())
    all_clean_in_and_all_broken_named(tmp_path, clean, count=50, seed=51)
