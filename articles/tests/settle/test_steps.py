"""Settling in steps: the same in the end, whole in between, ended at any moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from articles.models import Page, Stale
from articles.publishing import publish, withdraw
from articles.settle import mark_all, pace, settle, steps
from articles.tests.ingest.dying import Death, dying_at
from articles.tests.ingest.state import assert_same, site_state
from articles.tests.ingest.worlds import histories, live, world
from articles.tests.make import NOW, import_drops, make_drop, related_entry
from articles.tests.properties import examples

from .changes import stories
from .test_what_a_change_reaches import report
from .whole import assert_named, assert_whole

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)
few = settings(
    max_examples=examples(15),
    phases=(Phase.explicit, Phase.generate),
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@contextmanager
def steps_of(pages: int, *, after: Callable[[], None] | None = None) -> Iterator[None]:
    """Let a settling take up so many pages a step, and something happen after each."""
    step = steps._step

    def watched(*args: Any, **named: Any) -> None:
        step(*args, **named)
        if after:
            after()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pace.Pace, "note", _keep_pace)
        made = pace.Pace
        patch.setattr(steps, "Pace", lambda *_, **__: made(pages))
        patch.setattr(steps, "_step", watched)
        yield


def _keep_pace(step: Any, taken_s: float) -> None:
    step.steps += 1


@few
@given(histories(fewest=2, most=5), st.integers(1, 3))
def test_many_steps_end_as_one_does(history, pages):
    with world(), steps_of(10_000):
        live(history)
        at_once = site_state()
    with world():
        with steps_of(pages, after=assert_whole):
            live(history)
        assert_whole()
        assert_named()
        assert_same(at_once, site_state())


def drops(serial: int) -> dict[str, bytes]:
    """Drops that change their words, their lists and what they publish."""
    return {
        f"{n}.txt": make_drop(
            title=f"{'Harbour strike' if (n + serial) % 2 else 'Glacier lake'} {n % 3}",
            webUrl=f"https://press.example/{n}",
            published=bool((n + serial) % 4),
            topics=[f"Topic {(n + serial) % 3}"],
            related=[
                related_entry(f"https://press.example/{(n + step + serial) % 12}")
                for step in (1, 2)
            ],
        )
        for n in range(8)
    }


def test_a_settling_killed_anywhere_goes_on():
    first, second = drops(0), drops(1)
    with world():
        import_drops(first)
        import_drops(second, now=LATER)
        undisturbed = site_state()
    with steps_of(2):
        import_drops(first)
        with _nothing_settled():
            import_drops(second, now=LATER)
        for statement in count(1, 31):
            with world():
                try:
                    with dying_at(statement):
                        settle(now=LATER)
                except Death:
                    assert_whole()
                    settle(now=LATER)
                    assert_same(undisturbed, site_state())
                    continue
                assert_same(undisturbed, site_state())
                break
    assert statement > 200


@contextmanager
def _nothing_settled() -> Iterator[None]:
    """As if the process were killed as soon as all drops are stored."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("articles.ingest.run.settle", lambda **given: True)
        yield


def test_whoever_stops_it_waits_for_one_step_at_most():
    import_drops(drops(0))
    mark_all()
    done: list[int] = []
    with steps_of(1, after=lambda: done.append(1)):
        assert not settle(now=LATER, stop=lambda: len(done) == 3)
    assert len(done) == 3
    assert Page.objects.stale().exists()
    assert settle(now=LATER)
    assert not Page.objects.stale().exists()


def test_a_step_is_as_long_as_its_pages_are_many():
    """How much there is to be done changes what a step costs by little."""
    import_drops(drops(0))
    mark_all()
    few, many = _statements(2), _statements(4)
    assert many < 1.5 * few


def _statements(pages: int) -> int:
    """The most statements that a step of so many pages needs."""
    counts: list[int] = []

    def counting(
        execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        counts[-1] += 1
        return execute(sql, params, many, context)

    with world(), steps_of(pages, after=lambda: counts.append(0)):
        counts.append(0)
        with connection.execute_wrapper(counting):
            settle(now=LATER)
    return max(counts)


def test_words_and_story_of_a_page_change_together():
    """A page that speaks of something else now is never in its former story."""
    strike = {"title": "Quixano zeppelin crashes into Brzezinka cathedral"}
    other = {
        "title": "Ptolemaic papyrus turns up in Oxyrhynchus kitchen",
        "excerpt": "The Ptolemaic papyrus lay in an Oxyrhynchus kitchen drawer.",
    }
    held = {f"{name}.txt": _alone(name, strike) for name in "abcd"}
    held |= {f"{name}.txt": _alone(name, other) for name in "wxyz"}
    import_drops(held, publish=True)
    before = stories()
    assert sorted(map(len, before)) == [4, 4]
    moved = {f"{name}.txt": _alone(name, other) for name in "ab"}
    seen: list[tuple[str, int]] = []

    def look() -> None:
        page = Page.objects.get(canonical_url="https://a.example/")
        assert page.story is not None
        seen.append((page.title, page.story.pages.count()))
        mates = page.story.pages.exclude(pk=page.pk).values_list("title", flat=True)
        assert page.title in set(mates)

    with steps_of(1, after=look):
        import_drops(moved)
    assert seen[-1] == (other["title"], 6)


def _alone(name: str, said: dict[str, str]) -> bytes:
    given = report(name, **said)
    return make_drop(**{key: value for key, value in given.items() if value})


def test_an_act_settles_its_own_pages_and_leaves_the_others(
    django_assert_max_num_queries,
):
    import_drops(drops(0))
    mark_all()
    stale = Page.objects.stale().count()
    listed = Page.objects.listed().first()
    assert listed is not None
    with django_assert_max_num_queries(74):
        withdraw(listed)
    assert_whole()
    assert not Page.objects.listed().filter(pk=listed.pk).exists()
    assert Page.objects.stale().count() == stale
    with django_assert_max_num_queries(74):
        publish(listed)
    assert Page.objects.listed().filter(pk=listed.pk).exists()
    settle(now=LATER)
    assert not Page.objects.stale().exists()


@few
@given(
    histories(fewest=2, most=4), st.lists(st.integers(0, 30), min_size=1, max_size=6)
)
def test_acts_between_steps_end_as_acts_before_them(history, places):
    """An editor who decides while a settling is under way decides the same."""

    def decide(*, one_by_one: Sequence[int]) -> None:
        pages = list(Page.objects.order_by("canonical_url").exclude(twins=None))
        for place in one_by_one:
            page = pages[place % len(pages)]
            (withdraw if place % 2 else publish)(page)

    if not any(hasattr(event, "brought") for event in history):
        return
    with world():
        live(history)
        decide(one_by_one=places)
        mark_all()
        settle(now=LATER)
        before = site_state()
    with world():
        live(history)
        mark_all()
        left = list(places)

        def act() -> None:
            if left:
                decide(one_by_one=[left.pop(0)])
                assert_whole()

        with steps_of(1, after=act):
            settle(now=LATER)
        decide(one_by_one=left)
        assert_whole()
        assert not Page.objects.exclude(stale=Stale.NO).exists()
        assert_same(before, site_state())


def test_an_article_that_no_step_has_reached_can_be_published():
    with _nothing_settled():
        import_drops({"a.txt": make_drop(published=False)})
    page = Page.objects.get()
    assert page.story is None and not page.title
    [article] = page.twins.all()
    publish(article)
    assert_whole()
    assert Page.objects.listed().get().story is not None


def test_the_longer_steps_took_the_fewer_pages_the_next_takes_up():
    step = pace.Pace(100)
    step.note(2 * pace.AIM_S)
    assert step.pages == 50
    step.note(0.01 * pace.AIM_S)
    assert step.pages == 50  # one of the latest was dear
    for _ in range(20):
        step.note(0.0)
    assert step.pages == pace.MOST
    step.note(100.0)
    assert step.pages == pace.FEWEST
    assert [len(some) for some in step.cut(range(25))] == [10, 10, 5]
