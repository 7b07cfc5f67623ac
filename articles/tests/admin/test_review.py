"""Suggestions and contradictions: shown, settled with one click, and not again."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.management import call_command

from articles.admin.shown import Row, spelled_rows
from articles.admin.story_shown import member_rows
from articles.clustering import suggest
from articles.library.decisions import contradictions
from articles.models import Decision, Page, Suggestion
from articles.publishing import merge, move, split, title, undo, withdraw
from articles.publishing.acts import record_act
from articles.publishing.sides import PageDecision
from articles.selectors.desk import suggestions
from articles.selectors.desk.outcome import Outcome
from articles.selectors.desk.since import newest_decision
from articles.selectors.desk.suggestions import offers

from .conftest import change, messages
from .events import (
    BRIDGE,
    FLOOD,
    FLOOD_AGAIN,
    bring,
    coverage,
    page,
    pages,
    partition,
    story,
    urls,
)

pytestmark = pytest.mark.django_db
REVIEW = "/admin/articles/story/review/"
AFTER_SILENCE = datetime(2024, 3, 4, 18, tzinfo=UTC)
Kind = Decision.Kind


@pytest.fixture
def silence_tells(monkeypatch) -> None:
    """However much alike what is said before and after a silence is."""
    monkeypatch.setattr(suggest, "LOOSE_AFTER_SILENCE", 1.0)


def loose() -> None:
    """One story with three days of silence in it: a text, and its reprint."""
    bring(late(coverage(BRIDGE, 4, title=BRIDGE)))
    assert len(partition()) == 1


def late(drops: dict[str, bytes]) -> dict[str, bytes]:
    later = coverage(BRIDGE, 4, title=BRIDGE, publishedDateTime=AFTER_SILENCE)
    return {**drops, "quixano3.txt": later["quixano3.txt"]}


def form(offer, act: str) -> dict:
    newest = newest_decision()
    shown = [
        row
        for part in (offer.one, offer.other)
        for row in member_rows(part.pages, part.story, newest)
    ]
    return {
        "shown": spelled_rows(shown),
        "act": act,
        "kind": offer.kind,
        "one": offer.one.founder,
        "other": [page.pk for page in offer.other.pages],
    }


def test_a_suggested_split_is_done_with_one_click_and_undone(desk, silence_tells):
    loose()
    before = partition()
    [offer] = offers().shown
    assert (offer.kind, offer.silent_days) == ("split", 3)
    assert "Two events in one story?" in desk.get(REVIEW).content.decode()
    desk.post(REVIEW, form(offer, "do"))
    assert partition() == {urls(BRIDGE, (0, 1, 2)), urls(BRIDGE, (3,))}
    assert offers().shown == ()
    desk.post(REVIEW, {"undo": Decision.objects.latest("pk").act})
    assert partition() == before
    assert len(offers().shown) == 1


def test_a_dismissed_suggestion_does_not_return_unless_that_is_undone(
    desk, silence_tells
):
    loose()
    [offer] = offers().shown
    assert messages(desk.post(REVIEW, form(offer, "dismiss"), follow=True)) == [
        "Dismissed."
    ]
    made = Decision.objects.get(kind=Kind.DISMISS)
    assert (
        made.value
        == f"split {page(BRIDGE, 0).canonical_url} {page(BRIDGE, 3).canonical_url}"
    )
    assert offers().shown == ()
    bring(late(coverage(BRIDGE, 5, title=BRIDGE)))
    assert story(BRIDGE).pages.count() == 5
    assert offers().shown == ()
    call_command("rebuild_stories")
    assert offers().shown == ()
    shown = desk.get(REVIEW, {"show": "dismissed"}).content.decode()
    assert "Dismissed a suggestion about “Quixano" in shown
    desk.post(REVIEW, {"undo": made.act})
    assert [one.kind for one in offers().shown] == ["split"]


def test_a_dismissal_follows_the_founder_to_another_url(desk, silence_tells):
    loose()
    [offer] = offers().shown
    desk.post(REVIEW, form(offer, "dismiss"))
    moved = coverage(BRIDGE, 1, title=BRIDGE, webUrl="https://moved.example/0")
    bring(moved)
    assert page(BRIDGE, 1).story.founder.canonical_url == "https://moved.example/0"
    [still] = Suggestion.objects.all()
    assert still.answered and offers().shown == ()


def test_who_merged_is_not_asked_to_split(desk):
    bring(coverage(BRIDGE, 2), coverage(FLOOD, 2))
    merge([story(BRIDGE), story(FLOOD)])
    assert Suggestion.objects.get().answered
    assert offers().shown == ()


def test_who_split_is_not_asked_to_merge(desk):
    bring(coverage(FLOOD, 3), coverage(FLOOD_AGAIN, 2))
    act = merge([story(FLOOD), story(FLOOD_AGAIN)])
    assert offers().shown == ()
    assert undo(act)
    assert [one.kind for one in offers().shown] == ["merge"]
    merge([story(FLOOD), story(FLOOD_AGAIN)])
    split(pages(FLOOD_AGAIN, 0, 1))
    assert len(partition()) == 2 and offers().shown == ()


def test_a_suggested_merge_is_done_with_one_click(desk):
    bring(coverage(FLOOD, 3), coverage(FLOOD_AGAIN, 2))
    before = partition()
    [offer] = offers().shown
    assert offer.kind == "merge" and offer.publishers == 5
    assert len(before) == 2
    told = desk.get(REVIEW).content.decode()
    assert "One event in two stories?" in told
    assert f"<strong>{offer.words}</strong>" in told and "Brzezinka" in offer.words
    desk.post(REVIEW, form(offer, "do"))
    assert len(partition()) == 1 and offers().shown == ()
    now = story(FLOOD)
    assert now.public_id == offer.address
    assert (offer.whole.headline, offer.whole.articles, offer.whole.publishers) == (
        now.lead.title,
        now.page_count,
        now.provider_count,
    )


def test_a_split_shows_what_readers_would_get(desk, silence_tells):
    loose()
    title(page(BRIDGE, 3), "A title for the late one")
    [offer] = offers().shown
    desk.post(REVIEW, form(offer, "do"))
    assert story(BRIDGE, 0).public_id == offer.address
    for number, part in ((0, offer.one), (3, offer.other)):
        now = story(BRIDGE, number)
        assert part.alone == Outcome(str(now), now.page_count, now.provider_count)
    assert offer.other.alone.headline == "A title for the late one"


def test_what_is_no_longer_so_is_not_shown(desk, silence_tells):
    loose()
    bring(coverage(FLOOD, 3), coverage(FLOOD_AGAIN, 2))
    assert {one.kind for one in offers().shown} == {"split", "merge"}
    withdraw([*pages(FLOOD_AGAIN, 0, 1)])
    assert {one.kind for one in offers().shown} == {"split"}
    move(page(BRIDGE, 3), story(FLOOD))
    assert not [one for one in offers().shown if one.kind == "split"]


def test_a_list_of_one_kind_and_its_pages(desk, silence_tells, monkeypatch):
    loose()
    bring(coverage(FLOOD, 3), coverage(FLOOD_AGAIN, 2))
    monkeypatch.setattr(suggestions, "SHOWN", 1)
    first = desk.get(REVIEW)
    assert [one.kind for one, _ in first.context["offers"]] == ["merge"]
    second = desk.get(REVIEW, {"before": first.context["before"]})
    assert [one.kind for one, _ in second.context["offers"]] == ["split"]
    assert second.context["before"] is None
    [(only, _)] = desk.get(REVIEW, {"show": "split"}).context["offers"]
    assert only.kind == "split"
    for odd in ("x", "9" * 30, "-1", "1_2", "1_nan_1", "\u0662"):
        assert desk.get(REVIEW, {"before": odd}).status_code == 400
    assert desk.get(REVIEW, {"show": "x"}).status_code == 400


def test_a_suggested_merge(desk):
    bring(coverage(BRIDGE, 2), coverage(FLOOD, 2))
    sent = {
        "act": "do",
        "kind": "merge",
        "one": page(BRIDGE).pk,
        "other": [page(FLOOD).pk],
        "shown": spelled_rows(
            Row(one.pk, str(one.story_id), 0) for one in Page.objects.all()
        ),
    }
    desk.post(REVIEW, sent)
    assert len(partition()) == 1


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"act": "do", "kind": "split"},
        {"act": "do", "one": "x", "other": ["9" * 30]},
        {"act": "do", "one": "7777777", "other": ["7777778"]},
        {"undo": "nothing"},
    ],
)
def test_stale_and_strange_forms_change_nothing(desk, sent):
    bring(coverage(BRIDGE, 2))
    [said] = messages(desk.post(REVIEW, sent, follow=True))
    assert said.startswith("Nothing was changed")
    assert not Decision.objects.exists()


def contradict() -> None:
    """Two pages merged through a third, and then laid down to be apart: by scripts."""
    bring(coverage(BRIDGE, 3))
    for kind, one, other in (
        (Kind.MERGE, 0, 1),
        (Kind.MERGE, 1, 2),
        (Kind.SPLIT, 0, 2),
    ):
        record_act(
            [PageDecision(kind, page(BRIDGE, one), page(BRIDGE, other))],
            by=None,
            why="",
        )


def test_contradictions_are_shown_with_what_they_contradict(desk):
    contradict()
    [found] = contradictions()
    kinds = Decision.objects.in_bulk([found.decision, *found.against])
    assert kinds[found.decision].kind == Kind.SPLIT
    assert [kinds[pk].kind for pk in found.against] == [Kind.MERGE] * 2
    assert "Contradictions (1)" in desk.get(REVIEW).content.decode()
    for path in (f"{REVIEW}?show=contradictions", change(story(BRIDGE))):
        shown = desk.get(path).content.decode()
        assert "Set aside:" in shown and "Undo this one" in shown
    desk.post(REVIEW, {"undo": kinds[found.decision].act})
    assert contradictions() == []
    assert "Set aside:" not in desk.get(change(story(BRIDGE))).content.decode()


def test_a_later_act_of_an_editor_settles_a_contradiction(desk):
    contradict()
    split(pages(BRIDGE, 0))
    assert contradictions() == []
    assert partition() == {urls(BRIDGE, (0,)), urls(BRIDGE, (1, 2))}


def test_what_waits_for_its_page_contradicts_nothing(db):
    contradict()
    Page.objects.filter(pk=page(BRIDGE, 1).pk).update(published_at=None)
    assert contradictions() == []
