"""What editors set holds in whatever order imports, twins and undoing came."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .edited_worlds import Event, edited_histories, live_edited
from .one_site import (
    deriving_again_changes_nothing,
    in_worlds,
    its_last_versions_make_it,
)
from .worlds import Batch, last_versions

pytestmark = pytest.mark.django_db


def ends_in_the_site_of_its_last_versions(history: list[Event], random) -> None:
    brought = [event for event in history if isinstance(event, Batch)]
    its_last_versions_make_it(
        partial(live_edited, history), last_versions(brought), random
    )


@in_worlds
@given(edited_histories(3, 8), st.randoms(use_true_random=False))
def test_the_last_versions_and_the_same_edits_give_the_same_site(history, random):
    ends_in_the_site_of_its_last_versions(history, random)


@in_worlds
@given(edited_histories(3, 8))
def test_deriving_and_reading_everything_again_changes_nothing(history):
    deriving_again_changes_nothing(partial(live_edited, history))


@pytest.mark.nightly
@settings(in_worlds, max_examples=1000)
@given(edited_histories(3, 9), st.randoms(use_true_random=False))
def test_many_edits_end_in_the_site_of_their_last_versions(history, random):
    ends_in_the_site_of_its_last_versions(history, random)
