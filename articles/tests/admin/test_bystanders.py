"""Acts between imports: each moves what was chosen, whoever came in before."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from articles.library.decisions import contradictions
from articles.models import Page, Stale, Story
from articles.publishing import merge, split, undo
from articles.settle import settle
from articles.tests.ingest.worlds import world
from articles.tests.make import make_drop
from articles.tests.properties import examples
from articles.tests.settle.changes import DROPS, SOURCES, Site

from .acting import act_at_random, split_off, stories
from .events import VOTE, bring, coverage, page, pages, partition, story, url_of, urls

pytestmark = pytest.mark.django_db
IMPORTS = st.dictionaries(SOURCES, DROPS, min_size=1, max_size=4)


@settings(
    max_examples=examples(12),
    phases=(Phase.explicit, Phase.generate),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(IMPORTS, min_size=1, max_size=3), st.integers(0, 10**6))
def test_acts_between_imports_move_nobody_else(imports, seed):
    chance, done = Random(seed), []
    with world():
        site = Site()
        for drops in imports:
            site.bring(drops)
            settle()  # acts settle by the clock: what waited for its day has come
            nothing_was_left_out()
            for _ in range(chance.randint(1, 3)):
                done += an_act(chance)
                nothing_was_left_out()
        chance.shuffle(done)
        for act in done:
            undo(act)
            nothing_was_left_out()


def test_a_merge_that_was_set_aside_stays_so_when_a_split_cuts_what_it_contradicted():
    bring(coverage(VOTE, 2, linked=1), stray("https://elsewhere.example/"))
    split(pages(VOTE, 1, 2))
    [alone] = Story.objects.filter(founder__canonical_url="https://elsewhere.example/")
    merge([story(VOTE, 0), alone])
    # The stray now has the linked page, which is bound to one that was split from
    # the first: so its merge with the first is set aside.
    bring(stray(url_of(VOTE, 2)))
    assert len(contradictions()) == 1
    split_off([page(VOTE, 1)], stories())
    assert partition() == {urls(VOTE, [number]) for number in range(3)}
    assert contradictions() == []


def stray(url: str) -> dict[str, bytes]:
    """A drop that says what no other one does."""
    return {"stray.txt": make_drop(title="What nobody else says", webUrl=url)}


def nothing_was_left_out() -> None:
    """Deriving everything changes nothing."""
    settled = stories()
    Page.objects.update(stale=Stale.CONTENT)
    settle()
    assert stories() == settled


def an_act(chance: Random) -> list[str]:
    held = list(Story.objects.order_by("founder__canonical_url"))
    if len(held) < 2:
        return []
    story, other = chance.sample(held, 2)
    return [act_at_random(chance, story, other, stories())]
