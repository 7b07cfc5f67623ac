"""What editors set holds in whatever order imports, twins and undoing came."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from articles.models import Page, Stale
from articles.settle import settle
from articles.tests.make import NOW
from articles.tests.properties import examples

from .edited_worlds import Event, edited_histories, live_edited
from .state import assert_same, site_state
from .worlds import Batch, bring, decisions_made, last_versions, lay_down, world

pytestmark = pytest.mark.django_db
in_worlds = settings(
    max_examples=examples(8),
    phases=(Phase.explicit, Phase.generate),
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@in_worlds
@given(edited_histories(3, 8), st.randoms(use_true_random=False))
def test_the_last_versions_and_the_same_edits_give_the_same_site(history, random):
    ends_in_the_site_of_its_last_versions(history, random)


def ends_in_the_site_of_its_last_versions(history, random) -> None:
    with world():
        live_edited(history)
        lived, made = site_state(), decisions_made()
    last = list(last_versions(_brought(history)).items())
    random.shuffle(last)
    with world():
        lay_down(made)
        for cut in (last[: len(last) // 2], last[len(last) // 2 :]):
            bring(dict(cut))
        assert_same(lived, site_state())


@in_worlds
@given(edited_histories(3, 8))
def test_deriving_and_reading_everything_again_changes_nothing(history):
    with world():
        live_edited(history)
        lived = site_state()
        Page.objects.update(stale=Stale.CONTENT)
        settle(now=NOW)
        assert_same(lived, site_state())


@pytest.mark.nightly
@settings(in_worlds, max_examples=1000)
@given(edited_histories(3, 9), st.randoms(use_true_random=False))
def test_many_edits_end_in_the_site_of_their_last_versions(history, random):
    ends_in_the_site_of_its_last_versions(history, random)


def _brought(history: list[Event]) -> list[Batch]:
    return [event for event in history if isinstance(event, Batch)]
