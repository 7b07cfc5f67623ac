"""Why a page is in its story, what may be said of it, and what looks loose."""

from __future__ import annotations

from articles.clustering import (
    ClusterPage,
    RelatedList,
    explain,
    fold_reprints,
    same_text,
)
from articles.rules.text.words import form

from .making import BRIDGE, OTHER, page

PAGES = [
    page("a"),
    page("b", f"{BRIDGE}, two hurt", hours=4.0, provider="a.example"),
    page("c", hours=9.0),
    page("d", OTHER, hours=9.0),
]
LISTS = [RelatedList("a", ("b", "c")), RelatedList("c", ("a", "b", "d"))]


def of(*keys: str) -> list[ClusterPage]:
    return [one for one in PAGES if one.key in keys]


def test_a_tie_says_in_words_and_numbers_why():
    found = explain(of("a", "b", "c"), "a", LISTS)
    assert found[0].key == "a" and found[0].tie is None and found[0].path == ()
    tie = {one.key: one.tie for one in found}["c"]
    assert (tie.other, tie.hours, tie.names, tie.named) == ("a", 9.0, True, True)
    assert tie.same_text and not tie.same_provider and not tie.merged
    assert form("harbour") in [term.form for term in tie.terms]
    weights = [term.weight for term in tie.terms]
    assert weights == sorted(weights, reverse=True)
    assert 0.35 <= tie.likelihood <= 1.0


def test_a_list_of_a_third_page_is_told():
    tie = explain(of("a", "b"), "a", [RelatedList("d", ("a", "b"))])[1].tie
    assert (tie.names, tie.named, tie.lists) == (False, False, 1)
    assert explain(of("a", "b"), "a")[1].tie.lists == 0


def test_every_path_leads_to_the_lead_through_the_pages_given():
    pages = [*of("a", "b", "c"), page("e", f"{BRIDGE} in Port Quixano", hours=20.0)]
    for left_out in ("", "b", "c"):
        given = [one for one in pages if one.key != left_out]
        found = explain(given, "a", [*LISTS, RelatedList("e", ("c",))])
        assert {one.key for one in found} == {one.key for one in given}
        for one in found[1:]:
            assert one.path[0] == one.key and one.path[-1] == "a"
            assert one.path[1] == one.tie.other
            assert not left_out or left_out not in one.path


def test_what_is_said_elsewhere_does_not_change_a_tie():
    alone = {one.key: one.tie for one in explain(of("a", "b"), "a", LISTS)}
    beside = {one.key: one.tie for one in explain(of("a", "b", "d"), "a", LISTS)}
    assert beside["b"] == alone["b"]


def test_an_editors_merge_is_the_reason_where_there_is_no_other():
    merged = [frozenset(("a", "d"))]
    found = {m.key: m for m in explain(PAGES, "a", LISTS, merged)}
    assert found["d"].tie.merged and found["d"].path == ("d", "a")


def test_each_page_of_a_large_story_has_its_path():
    many = [page(f"p{n:03}", f"{BRIDGE} {n}", hours=n / 4) for n in range(200)]
    found = explain(reversed(many), "p100")
    assert len(found) == 200 and found[0].key == "p100"
    assert all(one.path[-1] == "p100" for one in found[1:])


def test_a_story_of_one_page_needs_no_reason():
    [only] = explain(of("a"), "a", LISTS)
    assert (only.tie, only.path) == (None, ())


def test_reprints_are_folded_under_the_first():
    pages = [page("z", hours=1.0), page("a", hours=5.0), page("m", OTHER, hours=3.0)]
    assert fold_reprints(pages) == [("z", "a"), ("m",)]
    assert same_text(pages[0], pages[1]) and not same_text(pages[0], pages[2])


def test_short_titles_alone_are_no_reprint():
    assert not same_text(page("a", "Daily digest"), page("b", "Daily Digest"))
