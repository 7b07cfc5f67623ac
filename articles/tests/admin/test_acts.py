"""Cutting and joining stories: exactly as the editor saw it, and taken back exactly."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from articles.library.decisions import contradictions
from articles.models import Decision, Page, Story
from articles.publishing import (
    NothingToDecide,
    merge,
    move,
    pin,
    split,
    undo,
)
from articles.tests.ingest.state import assert_same, site_state
from articles.tests.make import make_drop

from .events import (
    BRIDGE,
    FLOOD,
    VOTE,
    bring,
    coverage,
    entry,
    page,
    pages,
    partition,
    story,
    url_of,
    urls,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("two_stories")]
FOUR, THREE = range(4), range(3)


def cut():
    return split(pages(BRIDGE, 1, 3))


def join():
    return merge([story(BRIDGE), story(FLOOD)])


def carry():
    return move(page(BRIDGE, 2), story(FLOOD))


CUT = {urls(BRIDGE, (0, 2)), urls(BRIDGE, (1, 3)), urls(FLOOD, THREE)}
JOINED = {urls(BRIDGE, FOUR) | urls(FLOOD, THREE)}
CARRIED = {
    urls(BRIDGE, (0, 1, 3)),
    urls(FLOOD, THREE) | {url_of(BRIDGE, 2)},
}
ACTS = pytest.mark.parametrize(
    ("act", "wanted"), [(cut, CUT), (join, JOINED), (carry, CARRIED)]
)


@ACTS
def test_nothing_but_what_was_chosen_moves_and_undo_restores_all(act, wanted):
    before = site_state()
    done = act()
    assert partition() == wanted
    assert undo(done) > 0
    assert_same(before, site_state())


@ACTS
def test_rebuilding_everything_keeps_an_act(act, wanted):
    act()
    call_command("rebuild_stories")
    assert partition() == wanted


@ACTS
def test_importing_everything_again_keeps_an_act(act, wanted):
    act()
    bring(
        coverage(BRIDGE, 4, quality=33, category="other"),
        coverage(FLOOD, 3, quality=34),
    )
    bring(coverage(BRIDGE, 4), coverage(FLOOD, 3))
    assert partition() == wanted


@ACTS
@pytest.mark.parametrize("number", THREE)
def test_an_act_follows_the_sources_through_their_changes_of_url(act, wanted, number):
    act()
    gone = url_of(BRIDGE, number)
    new = "https://elsewhere.example/moved"
    drops = coverage(BRIDGE, 4)
    drops[f"quixano{number}.txt"] = make_drop(
        title="What nobody else says",
        webUrl=new,
        provider={"name": "Elsewhere", "domain": "elsewhere.example"},
    )
    bring(drops)
    home = next(one for one in wanted if gone in one)
    assert Page.objects.get(canonical_url=new).story is not None
    mates = set(
        Page.objects.get(canonical_url=new).story.pages.values_list(
            "canonical_url", flat=True
        )
    )
    assert mates - {new, gone} == home - {gone}
    bring(coverage(BRIDGE, 4))
    assert partition() == wanted


@ACTS
def test_acts_are_independent_of_the_clock_of_undoing(act, wanted):
    """Undone first to last or last to first, all is as before."""
    before = partition()
    for order in (1, -1):
        done = [act(), split([page(BRIDGE, 1)]), pin(page(BRIDGE))]
        for one in done[::order]:
            undo(one)
        assert partition() == before


def test_a_later_split_takes_a_merge_apart_again():
    join()
    split(pages(FLOOD, 0, 1, 2))
    assert partition() == {urls(BRIDGE, FOUR), urls(FLOOD, THREE)}
    assert contradictions() == []


def test_a_later_split_may_cut_elsewhere_than_the_merge():
    join()
    split([*pages(FLOOD, 0), *pages(BRIDGE, 1, 2)])
    assert partition() == {
        urls(BRIDGE, (0, 3)) | urls(FLOOD, (1, 2)),
        urls(BRIDGE, (1, 2)) | urls(FLOOD, (0,)),
    }
    assert contradictions() == []


def test_a_later_merge_joins_what_was_split():
    cut()
    merge([story(BRIDGE, 0), story(BRIDGE, 1)])
    assert partition() == {urls(BRIDGE, FOUR), urls(FLOOD, THREE)}
    assert contradictions() == []


def test_what_was_moved_can_be_moved_back_and_forth():
    for _ in range(2):
        move(page(BRIDGE, 2), story(FLOOD))
        assert partition() == CARRIED
        move(page(BRIDGE, 2), story(BRIDGE))
        assert partition() == {urls(BRIDGE, FOUR), urls(FLOOD, THREE)}
    assert contradictions() == []


def test_several_pages_can_be_moved_and_a_whole_story_too():
    move(pages(BRIDGE, 0, 1), story(FLOOD))
    assert urls(BRIDGE, (0, 1)) | urls(FLOOD, THREE) in partition()
    move(pages(BRIDGE, 2, 3), story(FLOOD))
    assert partition() == JOINED


def test_a_long_row_of_acts_ends_as_the_last_ones_said():
    """Each act cuts across the ones before it; none is set aside."""
    join()
    split(pages(BRIDGE, 0, 1))
    move(page(FLOOD, 1), story(BRIDGE))
    merge([story(BRIDGE, 0), story(BRIDGE, 3)])
    split(pages(FLOOD, 0, 1))
    split([page(BRIDGE, 2)])
    move(page(BRIDGE, 3), story(FLOOD))
    assert contradictions() == []
    found = partition()
    assert frozenset({url_of(BRIDGE, 2)}) in found
    assert frozenset({url_of(FLOOD, 0), url_of(FLOOD, 1), url_of(BRIDGE, 3)}) in found
    call_command("rebuild_stories")
    assert partition() == found


@pytest.mark.parametrize("source_first", [False, True])
def test_an_act_about_a_linked_page_holds_when_a_drop_takes_it_over(source_first):
    bring(coverage(VOTE, 2, linked=2))
    assert page(VOTE, 3).article is None
    split(pages(VOTE, 1, 3))
    wanted = partition()
    assert urls(VOTE, (1, 3)) in wanted
    taken = coverage(VOTE, 4)
    bring({"kuusisto.txt": taken["finnish3.txt"]})
    assert page(VOTE, 3).article is not None
    assert partition() == wanted
    bring(taken)
    assert partition() == wanted


def test_an_act_about_twins_holds_for_their_page():
    drops = coverage(BRIDGE, 4)
    bring({"twin.txt": drops["quixano1.txt"]})
    cut()
    assert partition() == CUT
    bring(
        {
            "twin.txt": make_drop(
                webUrl="https://twin.example/", related=[entry(BRIDGE, 0)]
            )
        }
    )
    assert partition() >= CUT


def test_what_would_lay_down_nothing_is_refused():
    made = Decision.objects.count()
    for act in (
        lambda: merge([story(BRIDGE), story(BRIDGE)]),
        lambda: split(pages(BRIDGE, 0, 1, 2, 3)),
        lambda: split([]),
        lambda: split([page(BRIDGE), page(FLOOD)]),
        lambda: move(page(BRIDGE), story(BRIDGE)),
        lambda: move([], story(BRIDGE)),
        lambda: move([page(BRIDGE), page(FLOOD)], story(FLOOD)),
        lambda: move(page(BRIDGE), Story(pk=123456)),
        lambda: merge([Story(pk=123456), Story(pk=123457)]),
    ):
        with pytest.raises(NothingToDecide):
            act()
    assert Decision.objects.count() == made
    assert undo("") == undo("no such act") == 0
