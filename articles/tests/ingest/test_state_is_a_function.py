"""What readers can get follows from the last drops and the decisions, however they came."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .one_site import (
    deriving_again_changes_nothing,
    in_worlds,
    its_last_versions_make_it,
)
from .worlds import (
    histories,
    last_versions,
    live,
)

pytestmark = pytest.mark.django_db


@in_worlds
@given(histories(2, 7), st.randoms(use_true_random=False))
def test_the_last_versions_and_the_same_decisions_give_the_same_site(history, random):
    ends_in_the_site_of_its_last_versions(history, random)


def ends_in_the_site_of_its_last_versions(history, random) -> None:
    its_last_versions_make_it(partial(live, history), last_versions(history), random)


@in_worlds
@given(histories(2, 6))
def test_deriving_everything_again_changes_nothing(history):
    deriving_again_changes_nothing(partial(live, history))


@pytest.mark.nightly
@settings(in_worlds, max_examples=1000)
@given(histories(2, 8), st.randoms(use_true_random=False))
def test_many_histories_end_in_the_site_of_their_last_versions(history, random):
    ends_in_the_site_of_its_last_versions(history, random)
