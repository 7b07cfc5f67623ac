"""Drops changed by chance: the parser never raises, and never reads what is not there.

Every mutant is read whole, and by its pieces with known entries; both must agree, and
what is accepted must be what PyYAML's SafeLoader makes of it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from articles.drops.reading import EntryCache, read_drop

from .corpus_files import needs_corpus, real_drops
from .mutants import mutants
from .projection import seen_by_pyyaml, seen_by_the_parser

DROPS = Path(__file__).parent / "files"
_NAMES = ("related_twice", "related_twice", "video", "laid_out_otherwise")
_ORIGINALS = [(DROPS / f"{name}.txt").read_bytes() for name in _NAMES]
_SECRET = "TUVSTUFJRCtT"


def check(raw: bytes, cache: EntryCache) -> bool:
    """Hold one file against all that must be true of any; return if it was accepted."""
    reading = read_drop(raw, entries=cache)
    assert reading == read_drop(raw), raw
    severities = [problem.severity for problem in reading.problems]
    assert (reading.drop is None) == ("error" in severities), raw
    for problem in reading.problems:
        assert _SECRET not in problem.message + problem.field, raw
    if reading.drop is not None:
        seen, read = seen_by_pyyaml(raw), seen_by_the_parser(reading.drop)
        # With a warning something was left out or made up for: that is compared less.
        names = ("title", "published_at") if severities else tuple(seen)
        for name in names:
            assert seen[name] == read[name], (name, raw)
    return reading.drop is not None


def test_five_hundred_mutants_read_as_pyyaml_reads_them():
    cache = EntryCache()
    accepted = sum(check(raw, cache) for raw in mutants(_ORIGINALS, 500, seed=20240302))
    assert 50 < accepted < 450  # else the mutants are too wild or too tame to tell


@pytest.mark.nightly
def test_twenty_thousand_mutants_read_as_pyyaml_reads_them():
    cache = EntryCache()
    for raw in mutants(_ORIGINALS, 20_000, seed=7):
        check(raw, cache)


@needs_corpus
def test_real_drops_are_accepted_without_a_warning_and_read_as_pyyaml_reads_them():
    cache = EntryCache()
    for number, (name, raw) in enumerate(real_drops()):
        if number == 200:
            break
        reading = read_drop(raw, entries=cache)
        assert reading.problems == (), name
        if number % 20 == 0:
            assert reading == read_drop(raw), name
            assert seen_by_pyyaml(raw) == seen_by_the_parser(reading.drop), name


@needs_corpus
@pytest.mark.nightly
def test_all_real_drops_are_accepted_without_a_warning():
    cache = EntryCache()
    for name, raw in real_drops():
        reading = read_drop(raw, entries=cache)
        assert reading.problems == (), name
        assert reading == read_drop(raw), name
