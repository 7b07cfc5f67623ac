"""Why each page is in its story: one record for readers, editors and commands."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.library.story import NOTHING, story_evidence
from articles.models import Page, Story
from articles.publishing import merge, undo, withdraw
from articles.rendering.explanation import explanation
from articles.selectors.story.page import story_page
from articles.settle import settle
from articles.tests.make import NOW, import_drops, make_drop, related_entry

from .making import BRIDGE, listing, one_story, pages_of, tell


def explained(story: Story, *, hidden: bool = False):
    """The explanation of a story as readers get it, or with its hidden pages."""
    pages = [page for page in pages_of(story) if hidden or page.is_visible]
    evidence = story_evidence(pages, hidden=hidden).get(story.pk, NOTHING)
    return explanation(pages, story.lead, evidence)


def reasons(story: Story, *, hidden: bool = False):
    """The reasons of a story's pages by source name."""
    found = explained(story, hidden=hidden).reasons
    return {
        page.article.source_name: found.get(page.canonical_url)
        for page in pages_of(story)
    }


@pytest.fixture
def told(db):
    """A lead, an early echo that names it, and a follow-up that only the echo names."""
    lead = tell("lead", quality=90)
    echo = tell("echo", "Crane collapse shuts Northport harbour bridge", hours=2.2)
    late = tell("late", "Northport ferries replace shut bridge, mayor says", hours=30)
    listing(echo, lead, late)
    return one_story(lead, echo, late)


def test_a_tie_is_told_in_words_and_numbers(told):
    echo = reasons(told)["echo"]
    assert echo.page.provider == "echo.example"
    assert echo.other.title == BRIDGE
    assert echo.facts == ("lists it as related", "published 2 h later")
    assert {"Crane collapse", "harbour bridge"} <= {term.words for term in echo.terms}
    assert echo.words.startswith("lists it as related, published 2 h later, both say “")
    weights = [term.weight for term in echo.terms]
    assert weights == sorted(weights, reverse=True) and weights[-1] > 0
    assert [step.title for step in echo.path] == [echo.page.title, BRIDGE]


def test_the_lead_has_no_tie(told):
    lead = reasons(told)["lead"]
    assert (lead.other, lead.facts, lead.path) == (None, (), ())


def test_an_indirect_page_has_a_path_to_the_lead(told):
    late = reasons(told)["late"]
    assert late.other.title.startswith("Crane collapse")
    assert late.facts[0] == "listed by it as related"
    assert [step.provider for step in late.path] == [
        "late.example",
        "echo.example",
        "lead.example",
    ]


def test_no_path_leads_through_a_page_that_readers_may_not_see(told):
    withdraw(Page.objects.get(article__source_name="echo"))
    told.refresh_from_db()
    found = reasons(told)
    assert found["echo"] is None
    late = found["late"]
    assert [step.provider for step in late.path] == ["late.example", "lead.example"]
    assert "echo" not in repr(list(found.values()))


def test_who_may_see_hidden_pages_is_told_of_them(told):
    withdraw(Page.objects.get(article__source_name="echo"))
    told.refresh_from_db()
    found = reasons(told, hidden=True)
    assert not found["echo"].page.is_visible
    assert found["late"].path[1] == found["echo"].page


def test_a_list_of_a_hidden_page_is_not_counted(db):
    lead, other = tell("lead", quality=90), tell("other", BRIDGE + " in Northport")
    third = tell("third", "Orchestra names Finnish conductor")
    listing(third, lead, other)
    story = one_story(lead, other)
    assert reasons(story)["other"].facts[0] == "together in 1 related list"
    withdraw(third)
    assert "list" not in reasons(story)["other"].words
    assert reasons(story, hidden=True)["other"].facts[0] == "together in 1 related list"


def test_one_text_and_one_publisher_are_said(db):
    lead = tell("lead", quality=90)
    copy = tell("copy", hours=0.5, provider="lead.example")
    listing(copy, lead)
    facts = reasons(one_story(lead, copy))["copy"].facts
    assert facts == (
        "same text",
        "lists it as related",
        "published 30 min later",
        "same publisher",
    )


def test_an_editors_merge_is_said_until_it_is_undone(db):
    lead = tell("lead", quality=90)
    aside = tell("other", "Orchestra names Finnish conductor", hours=3)
    settle(now=NOW)
    act = merge([Page.objects.get(pk=one.page_id).story for one in (lead, aside)])
    story = Page.objects.get(pk=lead.page_id).story
    assert set(reasons(story)) == {"lead", "other"}
    other = reasons(story)["other"]
    assert (
        other.facts == ("an editor joined them", "published 3 h later")
        and other.by_editor
    )
    undo(act)
    assert set(reasons(Page.objects.get(pk=lead.page_id).story)) == {"lead"}


def test_the_summary_says_what_holds_a_story_together(told):
    said = explained(told).summary
    assert said == (
        "3 articles are one story: related lists, timing and shared words link them."
    )
    alone = one_story(tell("alone", "Orchestra names Finnish conductor"))
    assert explained(alone).summary == ""


def test_the_summary_tells_copies_and_merges_apart(db):
    words = "Sixty seven horses march for Quixano zeppelin in Northport"
    lead, copy = tell("lead", words, quality=90), tell("copy", words, hours=1)
    other = tell("other", "Orchestra names Finnish conductor", hours=3)
    listing(lead, copy)
    settle(now=NOW)
    merge([Page.objects.get(pk=one.page_id).story for one in (lead, other)])
    story = Page.objects.get(pk=lead.page_id).story
    said = explained(story).summary
    assert said == (
        "3 articles are one story: 1 is a reprint; an editor joined 1 of them."
    )


def test_what_listed_pages_name_besides_is_another_event(told):
    aside = tell("aside", "Orchestra names Finnish conductor", published=False)
    listing(Page.objects.get(article__source_name="late").article, aside)
    settle(now=NOW)
    beside = story_page(told.public_id).related
    assert [page.title for page in beside] == ["Orchestra names Finnish conductor"]


def test_few_questions_are_enough_for_any_number_of_stories(told):
    lead = tell("other-lead", "Orchestra names Finnish conductor", quality=90)
    echo = tell("other-echo", "Finnish conductor named by orchestra", hours=1)
    listing(lead, echo)
    other = one_story(lead, echo)
    with CaptureQueriesContext(connection) as asked:
        found = story_evidence([*pages_of(told), *pages_of(other)])
    assert len(asked) <= 4 + 2 and len(found) == 2  # two of them for the pages


def test_what_joined_by_its_words_alone_is_tied_by_them(db):
    words = "Quokka Zanzibar delivers Brzezinka zeppelin to Northport"
    entry = related_entry("https://b.example/", title=f"{words} at last")
    import_drops(
        {
            "a.txt": make_drop(
                webUrl="https://a.example/", title=words, related=[entry], quality=90
            ),
            "c.txt": make_drop(webUrl="https://c.example/", title=f"{words} today"),
        }
    )
    story = Story.objects.get(page_count=3)
    found = explained(story).reasons["https://c.example/"]
    assert "list" not in found.words and "name" not in found.words
    assert found.terms
