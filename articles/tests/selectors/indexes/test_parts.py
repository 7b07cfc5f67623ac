"""Who has which part in a story follows its pages, whatever is done to them."""

from __future__ import annotations

import pytest

from articles.models import Article, Page, Story, StoryProvider
from articles.publishing import lead, merge, move, publish, split, undo, withdraw
from articles.tests.admin.events import BRIDGE, FLOOD, bring, coverage, page, pages
from articles.tests.admin.events import story as story_of
from articles.tests.make import refresh_stories
from articles.tests.selectors.story.making import one_story, tell

from .brute import parts, parts_held


def domain(event: str, number: int) -> str:
    return f"{event.split()[0].lower()}{number}.example"


@pytest.fixture
def events(db) -> None:
    """Two events of three publishers each, an hour apart; one has a linked page too."""
    bring(coverage(BRIDGE, 3), coverage(FLOOD, 2, linked=1))
    assert Story.objects.listed().count() == 2


def delays(event: str) -> dict[str, int]:
    rows = StoryProvider.objects.filter(story=story_of(event))
    return dict(rows.values_list("provider__domain", "delay"))


def test_parts_are_counted_from_the_first_page_of_the_story(events):
    assert delays(BRIDGE) == {
        domain(BRIDGE, number): number * 3600 for number in range(3)
    }
    assert parts_held() == parts()


def test_a_merge_makes_one_story_of_all_parts_and_undone_gives_them_back(events):
    before = parts_held()
    act = merge([story_of(BRIDGE), story_of(FLOOD)])
    assert len(delays(BRIDGE)) == 6
    assert parts_held() == parts() != before
    undo(act)
    assert parts_held() == parts() == before


def test_a_split_leaves_no_part_to_whoever_is_alone(events):
    split(pages(BRIDGE, 0))
    assert delays(BRIDGE) == {}
    assert {part.delay for part in parts() if "quixano" in part.provider} == {0, 3600}
    assert parts_held() == parts()


def test_who_is_moved_takes_its_part_along(events):
    move(page(BRIDGE, 2), story_of(FLOOD))
    assert domain(BRIDGE, 2) in delays(FLOOD)
    assert domain(BRIDGE, 2) not in delays(BRIDGE)
    assert parts_held() == parts()


def test_who_is_withdrawn_has_no_part_and_the_next_was_first(events):
    before = parts_held()
    first = page(BRIDGE, 0)
    withdraw(first)
    assert delays(BRIDGE) == {domain(BRIDGE, 1): 0, domain(BRIDGE, 2): 3600}
    assert parts_held() == parts()
    publish(first)
    assert parts_held() == parts() == before


def test_a_story_of_one_publisher_or_of_none_has_no_parts(events):
    withdraw(pages(BRIDGE, 0, 1))
    assert delays(BRIDGE) == {}
    withdraw(pages(FLOOD, 0, 1))
    assert parts_held() == parts() == set()


def test_who_leads_by_an_editors_choice_leads_here_too(events):
    lead(page(BRIDGE, 1))
    leading = {part.provider for part in parts_held() if part.leads}
    assert domain(BRIDGE, 1) in leading and domain(BRIDGE, 2) not in leading
    assert parts_held() == parts()


def test_ties_are_first_together_and_only_a_publishers_first_page_counts(db):
    told = [tell("a"), tell("b"), tell("c", hours=2)]
    again = tell("d", hours=9, provider="c.example")
    story = one_story(*told, again)
    rows = StoryProvider.objects.filter(story=story)
    assert dict(rows.values_list("provider__domain", "delay")) == {
        "a.example": 0,
        "b.example": 0,
        "c.example": 7200,
    }


def test_refreshing_again_changes_nothing(events):
    before = set(StoryProvider.objects.values_list("pk", flat=True))
    assert refresh_stories() == 0
    assert set(StoryProvider.objects.values_list("pk", flat=True)) == before


def test_a_lifetime_between_two_pages_is_held(db):
    old = tell("old", hours=-24 * 36_500)
    story = one_story(old, tell("new"))
    assert max(story.parts.values_list("delay", flat=True)) == 2**31 - 1


def test_an_article_that_changes_its_publisher_changes_the_part(events):
    raw = coverage(BRIDGE, 3, provider={"name": "Other", "domain": "other.example"})
    bring({"quixano1.txt": raw["quixano1.txt"]})
    assert (
        Article.objects.get(source_name="quixano1").provider.domain == "other.example"
    )
    assert "other.example" in delays(BRIDGE)
    assert parts_held() == parts()


def test_pages_of_the_fixture_are_what_the_tests_take_them_for(events):
    assert Page.objects.visible().count() == 6
    assert Page.objects.listed().count() == 5
