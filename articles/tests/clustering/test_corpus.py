"""Figures on real drops, where the corpus is at hand."""

from __future__ import annotations

import json
import random
from functools import cache
from pathlib import Path

import pytest

from articles.clustering import ClusterPage, RelatedList

from .corpus import Corpus, read_corpus
from .making import partition
from .scores import scores

SHARED = Path(__file__).resolve().parents[4] / "shared"
CORPUS = SHARED / "corpus"
pytestmark = pytest.mark.skipif(
    not (CORPUS / "drops.tar.xz").exists(), reason="no corpus beside the checkout"
)


@pytest.fixture(scope="module")
def drops(corpus_drops: Path) -> Corpus:
    return read_corpus(corpus_drops.rglob("*.md"))


@pytest.fixture(scope="module")
def stories(drops: Corpus) -> list[tuple[str, ...]]:
    return partition(drops.pages, drops.lists)


@cache
def seeds() -> Corpus:
    return read_corpus((SHARED / "seeds").glob("*.txt"))


def labels(corpus, name):
    rows = (CORPUS / f"story-gold-{name}.jsonl").read_text(encoding="utf-8")
    parsed = [json.loads(row) for row in rows.strip().split("\n")]
    return {corpus.spellings[row["url"]]: row["event"] for row in parsed}


def disguised(corpus, event):
    """Opaque keys, other order of everything, 400 days later."""
    chance = random.Random(7)
    opaque = {page.key: f"{chance.getrandbits(64):x}" for page in corpus.pages}
    pages = [
        ClusterPage(opaque[p.key], p.title, p.excerpt, p.hours + 9600, p.provider)
        for p in corpus.pages
    ]
    lists = []
    for one in corpus.lists:
        named = [opaque[key] for key in one.named]
        chance.shuffle(named)
        lists.append(RelatedList(opaque[one.owner], tuple(named)))
    chance.shuffle(pages)
    chance.shuffle(lists)
    return Corpus(tuple(pages), tuple(lists), {}), {
        opaque[key]: name for key, name in event.items()
    }


@pytest.mark.parametrize("disguise", [False, True])
def test_the_seeds_events_are_recognised(disguise):
    corpus, event = seeds(), labels(seeds(), "seeds")
    if disguise:
        corpus, event = disguised(corpus, event)
    found = scores(event, partition(corpus.pages, corpus.lists))
    assert found.exact == found.events == 7
    assert found.pairwise >= 0.95


def test_the_labelled_events_are_recognised(drops, stories):
    check_labelled(labels(drops, "dev"), stories)


@pytest.mark.nightly
def test_the_labelled_events_are_recognised_in_disguise(drops):
    corpus, event = disguised(drops, labels(drops, "dev"))
    check_labelled(event, partition(corpus.pages, corpus.lists))


def check_labelled(event, found) -> None:
    measured = scores(event, found)
    assert measured.bcubed >= 0.96
    assert measured.multi >= 0.92
    assert measured.pairwise >= 0.84


def test_stories_do_not_grow_with_the_corpus(drops, stories):
    ordered = sorted(drops.pages, key=lambda page: (page.hours, page.key))
    quarter, half = (
        partition(ordered[: int(len(ordered) * share)], drops.lists)
        for share in (0.25, 0.5)
    )
    sizes = [[len(story) for story in found] for found in (quarter, half, stories)]
    largest = [max(found) for found in sizes]
    mean = [sum(found) / len(found) for found in sizes]
    assert largest[-1] <= 2 * largest[0]
    assert mean[-1] <= 1.25 * mean[0]
