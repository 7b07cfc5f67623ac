"""Whatever editors do one after the other, each act has the effect they asked for."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.library.decisions import contradictions
from articles.models import Page, Story
from articles.publishing import merge, move, split, undo
from articles.settle.recount import recount
from articles.tests.ingest.worlds import world
from articles.tests.properties import examples

from .events import BRIDGE, FLOOD, VOTE, bring, coverage, partition

pytestmark = pytest.mark.django_db
MOST = 11
CHOSEN = st.sets(st.integers(0, MOST - 1), min_size=1, max_size=4)
ACTS = st.tuples(st.sampled_from(["split", "merge", "move", "move"]), CHOSEN)
quick = settings(
    max_examples=examples(4),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def act(kind: str, chosen: list[Page], held: list[set[str]]) -> str | None:
    """Do it, if it can be done, and say in `held` what it should lead to."""
    own = next(one for one in held if chosen[0].canonical_url in one)
    leaving = [one for one in chosen if one.canonical_url in own]
    gone = {one.canonical_url for one in leaving}
    there = next((one for one in held if chosen[-1].canonical_url in one), own)
    if kind == "split" and gone != own:
        own -= gone
        held.append(gone)
        return split(leaving)
    if kind == "merge":
        joined = [
            one for one in held if any(page.canonical_url in one for page in chosen)
        ]
        if len(joined) > 1:
            held[:] = [one for one in held if one not in joined] + [
                set().union(*joined)
            ]
            return merge(Story.objects.filter(pages__in=chosen).distinct())
    if kind == "move" and there is not own:
        own -= gone
        there |= gone
        held[:] = [one for one in held if one]
        return move(leaving, chosen[-1].story)
    return None


@quick
@given(st.lists(ACTS, min_size=2, max_size=6), st.randoms())
def test_each_act_leads_to_what_was_asked_and_all_undone_to_the_start(acts, chance):
    with world():
        bring(coverage(BRIDGE, 4), coverage(FLOOD, 3, linked=1), coverage(VOTE, 3))
        start = partition()
        held = [set(one) for one in start]
        done = []
        for kind, numbers in acts:
            pages = list(Page.objects.order_by("canonical_url").select_related("story"))
            made = act(kind, [pages[n] for n in sorted(numbers)], held)
            done += [made] if made else []
            assert partition() == {frozenset(one) for one in held}
            assert contradictions() == []
            assert recount(mend=False) == 0
        chance.shuffle(done)
        for one in done:
            undo(one)
            assert recount(mend=False) == 0
        assert partition() == start
