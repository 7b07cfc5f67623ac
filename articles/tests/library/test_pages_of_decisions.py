"""Which pages decisions are about while an import is under way, and after it."""

from __future__ import annotations

import pytest

from articles.ingest import run
from articles.library.decisions import pages_of, pair_decisions
from articles.library.story import story_evidence
from articles.models import Decision, Page
from articles.publishing import merge
from articles.rendering.explanation import explanation
from articles.selectors.desk.history import latest_acts
from articles.settle import settle
from articles.tests.make import NOW, import_drops, make_drop, related_entry

pytestmark = pytest.mark.django_db
OWN = "https://one.example/own"
LINKED = "https://two.example/amp"
CLAIMING = "https://two.example/full"


@pytest.fixture
def merged() -> None:
    """An article and a linked page about something else, in one story."""
    harbour = related_entry(LINKED, title="Zeppelin festival in Brzezinka")
    import_drops({"a.txt": make_drop(webUrl=OWN, related=[harbour])}, now=NOW)
    merge([page(OWN).story, page(LINKED).story])


@pytest.fixture
def unsettled(merged) -> None:
    """A drop says that the linked page is its AMP copy, another names it again."""
    settling, run.settle = run.settle, lambda **given: None
    try:
        bring("b", webUrl=CLAIMING, ampWebUrl=LINKED, title="Zeppelins in the air")
        bring("c", related=[related_entry(LINKED, title="In other words")])
    finally:
        run.settle = settling


def bring(name: str, **given) -> None:
    assert not import_drops({f"{name}.txt": make_drop(**given)}, now=NOW).rejected


def page(url: str) -> Page:
    return Page.objects.select_related("story__lead").get(canonical_url=url)


def pages_merged() -> set[str]:
    [one] = pair_decisions()
    found = Page.objects.filter(pk__in=(one.a, one.b))
    return set(found.values_list("canonical_url", flat=True))


def test_until_a_claim_is_settled_a_decision_is_about_the_page_itself(unsettled):
    assert pages_merged() == {OWN, LINKED}
    made = Decision.objects.filter(kind=Decision.Kind.MERGE)
    assert set(pages_of(made).values()) == {page(OWN).pk, page(LINKED).pk}


def test_until_then_readers_are_told_of_the_merge(unsettled):
    story = page(OWN).story
    pages = list(story.pages.select_related("provider"))
    evidence = story_evidence(pages, hidden=True)[story.pk]
    told = explanation(pages, story.lead, evidence)
    assert told.reasons[LINKED].by_editor


def test_until_then_the_desk_calls_the_page_as_it_was_called(unsettled):
    [act] = latest_acts([Decision.Kind.MERGE])
    assert "Zeppelin festival in Brzezinka" in act.words


def test_a_settled_claim_leads_on(unsettled):
    settle(now=NOW)
    assert not Page.objects.filter(canonical_url=LINKED).exists()
    assert pages_merged() == {OWN, CLAIMING}
    assert page(OWN).story == page(CLAIMING).story
