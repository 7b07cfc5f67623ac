"""What partition promises whatever the method."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from articles.clustering import Constraint, RelatedList, comparisons
from articles.tests.properties import examples

from .making import (
    BRIDGE,
    CONSTRAINTS,
    LISTS,
    OTHER,
    PAGES,
    by_key,
    page,
    partition,
    solution,
)


def test_pages_of_one_event_are_one_story():
    pages = [page("a"), page("b", hours=3.0), page("c", OTHER)]
    lists = [RelatedList("a", ("b", "c"))]
    assert partition(pages, lists) == [("a", "b"), ("c",)]


def test_strange_lists_are_read_for_what_they_know():
    pages = [page("a"), page("b")]
    lists = [RelatedList("a", ("b", "a", "b", "nowhere")), RelatedList("gone", ("a",))]
    assert partition(pages, lists) == [("a", "b")]


def test_no_pages_no_stories():
    assert partition([], []) == []


def test_the_same_words_two_months_later_are_another_event():
    pages = [page("a"), page("b", hours=60 * 24.0)]
    assert partition(pages, [RelatedList("a", ("b",))]) == [("a",), ("b",)]


def test_what_a_whole_list_says_tells_nobody_apart():
    towns = ["Aarhus", "Bergen", "Cadiz", "Dresden", "Exeter", "Faro", "Genoa"]
    pages = [
        page(town.lower(), f"{town}: quantum zeppelin festival", hours=float(n))
        for n, town in enumerate(towns)
    ]
    lists = [RelatedList("aarhus", tuple(town.lower() for town in towns))]
    assert len(partition(pages, lists)) == len(towns)


def test_a_long_list_costs_its_pairs_and_each_of_them_once(monkeypatch):
    weighed = []
    likelihood = comparisons.likelihood
    monkeypatch.setattr(
        comparisons,
        "likelihood",
        lambda *said, **given: weighed.append(1) or likelihood(*said, **given),
    )
    keys = [f"{n:03}" for n in range(60)]
    partition([page(key) for key in keys], [RelatedList(keys[0], tuple(keys))] * 3)
    assert len(weighed) == 60 * 59 / 2


def test_an_article_without_a_list_joins_its_story_by_text():
    title = "Quixano zeppelin crashes into Brzezinka cathedral"
    said = "The Quixano airship hit the Brzezinka cathedral on Sunday."
    alone = page("c", f"{title}, dozens hurt", excerpt=said, hours=5.0)
    pages = [page("a", title, excerpt=said), page("b", title, hours=2.0), alone]
    lists = [RelatedList("a", ("b",)), RelatedList("c", ())]
    assert partition(pages, lists) == [("a", "b", "c")]


def test_text_alone_does_not_join_the_same_subject():
    pages = [
        page("a", "Brzezinka council votes on zeppelin tax"),
        page("b", "Zeppelin enthusiasts gather in Brzezinka for festival", hours=30.0),
    ]
    assert partition(pages, []) == [("a",), ("b",)]


def test_an_editors_merge_joins_whole_stories():
    pages = [page("a"), page("b"), page("c", OTHER), page("d", OTHER)]
    lists = [RelatedList("a", ("b", "c", "d"))]
    assert partition(pages, lists) == [("a", "b"), ("c", "d")]
    merged = partition(pages, lists, [Constraint("merge", "b", "d", 1)])
    assert merged == [("a", "b", "c", "d")]


def test_an_editors_split_keeps_two_pages_apart():
    pages, lists = [page("a"), page("b")], [RelatedList("a", ("b",))]
    said = [Constraint("split", "b", "a", 1)]
    assert partition(pages, lists, said) == [("a",), ("b",)]


def test_a_split_and_a_merge_move_a_page():
    pages = [page("a"), page("b"), page("c", OTHER), page("d", OTHER)]
    lists = [RelatedList("a", ("b", "c", "d"))]
    said = [Constraint("split", "b", "a", 1), Constraint("merge", "b", "c", 2)]
    assert partition(pages, lists, said) == [("a",), ("b", "c", "d")]


def test_the_latest_word_on_a_pair_counts():
    pages = [page("a"), page("b", OTHER)]
    said = [Constraint("merge", "a", "b", 1), Constraint("split", "b", "a", 2)]
    assert partition(pages, [], said) == [("a",), ("b",)]
    assert partition(pages, [], said[:1]) == [("a", "b")]


def test_a_contradiction_is_told_with_what_it_contradicts():
    pages = [page("a", BRIDGE), page("b", OTHER), page("c", OTHER, hours=900.0)]
    first, second = Constraint("merge", "a", "b", 1), Constraint("merge", "b", "c", 2)
    third = Constraint("split", "a", "c", 3)
    found = solution(pages, [], [third, second, first])
    assert found.stories == (("a", "b", "c"),)
    (conflict,) = found.conflicts
    assert conflict.constraint == third
    assert conflict.against == (first, second)


@settings(max_examples=examples(60), deadline=None)
@given(
    st.lists(PAGES, max_size=12).map(by_key),
    st.lists(LISTS, max_size=5),
    st.lists(CONSTRAINTS, max_size=5),
    st.randoms(use_true_random=False),
)
def test_any_order_gives_the_same_partition_of_all_pages(
    pages, lists, constraints, random
):
    found = solution(pages, lists, constraints)
    keys = sorted(one.key for one in pages)
    assert sorted(key for story in found.stories for key in story) == keys
    turned = [RelatedList(one.owner, one.named[::-1]) for one in lists]
    mixed = [random.sample(rows, len(rows)) for rows in (pages, turned, constraints)]
    again = solution(*mixed)
    assert again.stories == found.stories
    assert set(again.conflicts) == set(found.conflicts)


@settings(max_examples=examples(60), deadline=None)
@given(
    st.lists(PAGES, max_size=12).map(by_key),
    st.lists(LISTS, max_size=5),
    st.lists(CONSTRAINTS, max_size=6),
)
def test_every_constraint_without_conflict_is_kept(pages, lists, constraints):
    found = solution(pages, lists, constraints)
    story = {key: one for one in found.stories for key in one}
    latest = {}
    for one in sorted(
        constraints, key=lambda c: (c.serial, *sorted((c.a, c.b)), c.kind)
    ):
        if one.a != one.b and {one.a, one.b} <= story.keys():
            latest[frozenset((one.a, one.b))] = one
    aside = {conflict.constraint for conflict in found.conflicts}
    for one in set(latest.values()) - aside:
        assert (story[one.a] == story[one.b]) == (one.kind == "merge")


def serial_order(one):
    return one.serial, min(one.a, one.b), max(one.a, one.b), one.kind
