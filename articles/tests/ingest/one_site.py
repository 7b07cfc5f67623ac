"""What holds of every history: its last versions and decisions make its site."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from hypothesis import HealthCheck, Phase, settings

from articles.models import Page, Stale
from articles.settle import settle
from articles.tests.make import NOW
from articles.tests.properties import examples

from .state import assert_same, site_state
from .worlds import Version, bring, decisions_made, lay_down, world

in_worlds = settings(
    max_examples=examples(8),
    phases=(Phase.explicit, Phase.generate),
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def its_last_versions_make_it(
    live: Callable[[], None], last: dict[str, Version], random: Random
) -> None:
    """Bringing only the last versions, in any order, gives the site that was lived."""
    with world():
        live()
        lived, made = site_state(), decisions_made()
    shuffled = list(last.items())
    random.shuffle(shuffled)
    with world():
        lay_down(made)
        for cut in (shuffled[: len(last) // 2], shuffled[len(last) // 2 :]):
            bring(dict(cut))
        assert_same(lived, site_state())


def deriving_again_changes_nothing(live: Callable[[], None]) -> None:
    """Deriving everything again gives the site that there was."""
    with world():
        live()
        lived = site_state()
        Page.objects.update(stale=Stale.CONTENT)
        settle(now=NOW)
        assert_same(lived, site_state())
