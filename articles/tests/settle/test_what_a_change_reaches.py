"""Clustering again what a change reaches gives what clustering everything gives."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from articles.clustering import candidates
from articles.clustering import stories as clustering
from articles.tests.ingest.worlds import world

from .changes import CHANGES, Site, derive_all_again, stories

pytestmark = pytest.mark.django_db
HISTORIES = st.lists(CHANGES, min_size=2, max_size=8)
few = settings(
    max_examples=12,
    phases=(Phase.explicit, Phase.generate),
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def postings_fill_soon(monkeypatch) -> Iterator[None]:
    """So that a handful of pages make a word common, and it rare again by going.

    So do a few lists with a page.
    """
    for module in (candidates, clustering):
        monkeypatch.setattr(module, "FULL_POSTING", 2)
    monkeypatch.setattr(candidates, "FULL_LISTS", 2)


def each_change_reaches_enough(history) -> None:
    with world():
        site = Site()
        for kind, what in history:
            getattr(site, kind)(what)
            settled = stories()
            derive_all_again()
            assert settled == stories()


@few
@given(HISTORIES)
def test_each_change_reaches_enough(postings_fill_soon, history):
    each_change_reaches_enough(history)


@pytest.mark.nightly
@settings(few, max_examples=400)
@given(HISTORIES)
def test_each_of_many_changes_reaches_enough(postings_fill_soon, history):
    each_change_reaches_enough(history)


@pytest.mark.nightly
@settings(few, max_examples=300)
@given(HISTORIES)
def test_each_of_many_changes_reaches_enough_where_postings_stay_clues(history):
    each_change_reaches_enough(history)


def test_a_page_that_goes_makes_its_words_a_clue_again(postings_fill_soon):
    site = Site()
    alike = {"title": "Quixano zeppelin crashes into Brzezinka cathedral"}
    site.bring({name: report(name, **alike) for name in "abc"})
    assert len(stories()) == 3
    site.forget("c")
    assert len(stories()) == 1


def report(name: str, **given) -> dict:
    usual = {
        "excerpt": "The Quixano airship hit the Brzezinka cathedral on Sunday.",
        "webUrl": f"https://{name}.example/",
        "publishedDateTime": "2024-03-01T12:00:00Z",
        "provider": {"name": name, "domain": f"{name}.example"},
        "published": True,
        "related": [],
    }
    return usual | given
