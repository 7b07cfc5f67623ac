"""Why a page is in its story, what may be said of it, and what looks loose."""

from __future__ import annotations

import pytest

from articles.clustering import (
    Constraint,
    RelatedList,
    explain,
    fold_reprints,
    same_text,
    suggest_merges,
    suggest_splits,
)
from articles.library.memory import MemoryLibrary
from articles.rules.text.words import form

from .making import BRIDGE, OTHER, page

PAGES = [
    page("a"),
    page("b", f"{BRIDGE}, two hurt", hours=4.0, provider="a.example"),
    page("c", hours=9.0),
    page("d", OTHER, hours=9.0),
]
LISTS = [RelatedList("a", ("b", "c")), RelatedList("c", ("a", "b", "d"))]


def test_a_tie_says_in_words_and_numbers_why():
    found = explain(("a", "b", "c"), "a", MemoryLibrary(PAGES, LISTS), LISTS)
    assert found[0].key == "a" and found[0].tie is None and found[0].path == ()
    tie = {one.key: one.tie for one in found}["c"]
    assert (tie.other, tie.hours, tie.names, tie.named) == ("a", 9.0, True, True)
    assert tie.same_text and not tie.same_provider and not tie.merged
    assert form("harbour") in [term.form for term in tie.terms]
    weights = [term.weight for term in tie.terms]
    assert weights == sorted(weights, reverse=True)
    assert 0.35 <= tie.likelihood <= 1.0


def test_a_list_of_a_third_page_is_told_unless_it_may_not_be_shown():
    lists = [RelatedList("d", ("a", "b"))]
    library = MemoryLibrary(PAGES, lists)
    shown = explain(("a", "b"), "a", library, lists)[1].tie
    assert (shown.names, shown.named, shown.named_together) == (False, False, ("d",))
    hidden = explain(("a", "b"), "a", library, lists, may_show=lambda key: key != "d")
    assert hidden[1].tie.named_together == ()


@pytest.mark.parametrize("hidden", ["", "b", "c"])
def test_every_path_leads_to_the_lead_through_shown_pages_only(hidden):
    pages = [*PAGES, page("e", f"{BRIDGE} in Port Quixano", hours=20.0)]
    lists = [*LISTS, RelatedList("e", ("c",))]
    library = MemoryLibrary(pages, lists)
    story = ("a", "b", "c", "e")
    found = explain(story, "a", library, lists, may_show=lambda key: key != hidden)
    assert {one.key for one in found} == set(story) - {hidden}
    for one in found[1:]:
        assert one.path[0] == one.key and one.path[-1] == "a"
        assert one.path[1] == one.tie.other
        assert hidden not in one.path


def test_a_story_whose_lead_is_hidden_has_no_explanation():
    library = MemoryLibrary(PAGES, LISTS)
    assert explain(("a", "b"), "a", library, may_show=lambda key: key != "a") == ()


def test_an_editors_merge_is_the_reason_where_there_is_no_other():
    rules = [Constraint("merge", "d", "a", 1)]
    library = MemoryLibrary(PAGES, LISTS, rules)
    found = {m.key: m for m in explain(("a", "b", "c", "d"), "a", library, LISTS)}
    assert found["d"].tie.merged and found["d"].path == ("d", "a")


def test_reprints_are_folded_under_the_first():
    pages = [page("z", hours=1.0), page("a", hours=5.0), page("m", OTHER, hours=3.0)]
    assert fold_reprints(pages) == [("z", "a"), ("m",)]
    assert same_text(pages[0], pages[1]) and not same_text(pages[0], pages[2])


def test_short_titles_alone_are_no_reprint():
    assert not same_text(page("a", "Daily digest"), page("b", "Daily Digest"))


def test_a_long_silence_is_worth_a_look():
    pages = [page("a"), page("b", hours=1.0), page("c", hours=200.0)]
    library = MemoryLibrary(pages, [RelatedList("a", ("b", "c"))])
    (found,) = suggest_splits(("a", "b", "c"), library)
    assert (found.kind, found.reason) == ("split", "long silence")
    assert (found.one, found.other) == (("a", "b"), ("c",))
    assert found.silence_hours == 199.0
    assert found.name == ("split", "a", "c")


def test_a_tight_story_needs_no_look():
    library = MemoryLibrary(PAGES, LISTS)
    assert suggest_splits(("a", "c"), library) == []
    assert suggest_splits(("a",), library) == []


def test_stories_kept_apart_that_nearly_met_are_worth_a_look():
    library = MemoryLibrary(PAGES, LISTS, [Constraint("split", "a", "c", 1)])
    (found,) = suggest_merges([("a", "b"), ("c",), ("d",)], library)
    assert (found.kind, found.one, found.other) == ("merge", ("a", "b"), ("c",))
