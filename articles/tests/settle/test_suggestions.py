"""What is suggested: the same however it came about, and brought up to date in steps."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Page, Story, Suggestion
from articles.publishing import dismiss, merge, pin, publish, undo, withdraw
from articles.settle import settle
from articles.settle.suggestions import judge_waiting, unjudged
from articles.tests.admin.events import (
    BRIDGE,
    FLOOD,
    FLOOD_AGAIN,
    bring,
    coverage,
    page,
    pages,
    story,
    url_of,
)
from articles.tests.make import NOW, make_article

pytestmark = pytest.mark.django_db
BRIDGE_AGAIN = "Harbour bridge in Quixano closed, crane collapsed"


def suggested() -> set[tuple]:
    """All that is suggested, whatever the rows are called."""
    url = dict(Page.objects.values_list("pk", "canonical_url"))
    founder = {one.pk: url[one.founder_id] for one in Story.objects.all()}
    return {
        (
            one.kind,
            one.reason,
            founder[one.story_id],
            founder.get(one.other_id),
            frozenset(map(url.get, one.leaves)),
            one.words,
            one.other_words,
            one.likeness,
            one.silence_hours,
            one.publishers,
            one.strength,
            one.answered,
        )
        for one in Suggestion.objects.all()
    }


def anew() -> set[tuple]:
    """The same, made from nothing."""
    Suggestion.objects.all().delete()
    Story.objects.update(judged=False)
    settle(now=NOW)
    return suggested()


def test_two_lists_of_one_event_are_suggested_to_be_one():
    bring(coverage(FLOOD, 3), coverage(FLOOD_AGAIN, 2), coverage(BRIDGE, 2))
    [found] = Suggestion.objects.all()
    assert (found.story, found.other) == (story(FLOOD), story(FLOOD_AGAIN))
    assert (found.kind, found.publishers) == ("merge", 5)
    assert not unjudged()


def test_a_single_report_is_suggested_to_join_a_story_of_several_publishers():
    bring(coverage(FLOOD, 3))
    make_article(title=FLOOD_AGAIN, excerpt="", provider="alone.example")
    make_article(title=f"{FLOOD_AGAIN}!", excerpt="", provider="other.example")
    Page.objects.filter(provider__domain="other.example").update(published_at=NOW)
    settle(now=NOW)
    assert {one.story for one in Suggestion.objects.all()} <= {story(FLOOD)}
    assert suggested() == anew()


def test_it_is_the_same_one_by_one_in_whatever_order_and_all_at_once():
    events = [
        coverage(FLOOD, 3),
        coverage(FLOOD_AGAIN, 2),
        coverage(BRIDGE, 4),
        coverage(BRIDGE_AGAIN, 2),
    ]
    drops = [{name: raw} for event in events for name, raw in event.items()]
    for drop in drops[::-1]:
        bring(drop)
    one_by_one = suggested()
    assert len(one_by_one) == 2
    assert one_by_one == anew()
    call_command("rebuild_stories")
    assert one_by_one == suggested()


def test_it_is_the_same_after_acts_and_their_undoing():
    bring(coverage(FLOOD, 3), coverage(FLOOD_AGAIN, 2), coverage(BRIDGE, 4))
    before = suggested()
    act = merge([story(FLOOD), story(FLOOD_AGAIN)])
    assert suggested() == set() == anew()
    undo(act)
    assert suggested() == before == anew()
    withdraw(pages(FLOOD_AGAIN, 0, 1))
    assert not Suggestion.objects.open().exists()
    settle(now=NOW)
    assert suggested() == set() == anew()
    publish(pages(FLOOD_AGAIN, 0, 1))
    settle(now=NOW)
    assert suggested() == before == anew()


def test_an_act_beside_a_story_that_waits_keeps_what_is_suggested_of_both():
    bring(coverage(FLOOD, 3), coverage(FLOOD_AGAIN, 2), coverage(BRIDGE, 2))
    before = suggested()
    pin(page(FLOOD))
    assert unjudged() and suggested() == before
    undo(dismiss("merge", page(FLOOD_AGAIN), page(BRIDGE)))
    assert suggested() == before == anew()


def test_other_words_suggest_something_else():
    bring(coverage(FLOOD, 3), coverage(FLOOD_AGAIN, 2))
    bring(coverage(FLOOD_AGAIN, 2, title=BRIDGE, excerpt=""))
    assert not Suggestion.objects.filter(kind="merge").exists()
    assert suggested() == anew()


def test_who_stops_a_settling_leaves_the_rest_to_the_next():
    bring(coverage(FLOOD, 3), coverage(FLOOD_AGAIN, 2))
    whole = suggested()
    Suggestion.objects.all().delete()
    Story.objects.update(judged=False)
    assert not judge_waiting(0.2, lambda: True)
    assert len(unjudged()) == 2 and not suggested()
    assert not settle(now=NOW, stop=lambda: True)
    assert settle(now=NOW)
    assert suggested() == whole and not unjudged()


def test_a_step_that_fails_leaves_what_earlier_ones_did(monkeypatch):
    bring(coverage(FLOOD, 3), coverage(FLOOD_AGAIN, 2))
    whole = suggested()
    Suggestion.objects.all().delete()
    Story.objects.update(judged=False)
    first, second = unjudged()
    from articles.settle import suggestions

    monkeypatch.setattr(suggestions.Pace, "cut", lambda _, held: [held[:1], held[1:]])
    made = suggestions.create_rows

    def failing(rows):
        if rows:
            raise RuntimeError
        made(rows)

    monkeypatch.setattr(suggestions, "create_rows", failing)
    with pytest.raises(RuntimeError):
        settle(now=NOW)
    assert Story.objects.get(pk=first).judged
    assert not Story.objects.get(pk=second).judged
    monkeypatch.undo()
    settle(now=NOW)
    assert suggested() == whole


def test_what_changed_nothing_is_not_judged_again():
    bring(coverage(FLOOD, 3), coverage(FLOOD_AGAIN, 2))
    rows = set(Suggestion.objects.values_list("pk", flat=True))
    bring(coverage(FLOOD, 3))
    make_article(title=BRIDGE, provider="alone.example")
    settle(now=NOW)
    assert set(Suggestion.objects.values_list("pk", flat=True)) == rows


def test_a_hidden_page_goes_with_a_part():
    bring(coverage(BRIDGE, 2), coverage(FLOOD, 2))
    merge([story(BRIDGE), story(FLOOD)])
    withdraw(page(FLOOD, 1))
    settle(now=NOW)
    [found] = Suggestion.objects.filter(kind="split")
    assert page(FLOOD, 1).pk in found.leaves or page(BRIDGE, 0).pk in found.leaves
    assert found.answered and found.publishers == 3


def test_it_asks_as_little_for_many_as_for_few():
    def cost() -> int:
        Story.objects.update(judged=False)
        with CaptureQueriesContext(connection) as asked:
            judge_waiting(60.0, lambda: False)
        return len(asked)

    bring(coverage(FLOOD, 3), coverage(FLOOD_AGAIN, 2))
    few = cost()
    for number in range(4):
        bring(coverage(f"{number}{FLOOD}", 3), coverage(f"{number}{BRIDGE}", 2))
    assert url_of(f"3{FLOOD}", 0) in set(
        Page.objects.values_list("canonical_url", flat=True)
    )
    assert cost() == few
