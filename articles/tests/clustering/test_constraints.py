"""What editors laid down moves what it names, and nobody else."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from articles.clustering import Constraint
from articles.clustering.constraints import Rules, enforce
from articles.clustering.linkage import both_ways
from articles.tests.properties import examples

from .making import (
    CONSTRAINTS,
    LISTS,
    PAGES,
    by_key,
    page,
    partition,
    solution,
)

LATER = 100  # than all serials of the strategy


def kept(stories, constraints, edges):
    known = {key for story in stories for key in story}
    return enforce(stories, Rules.read(constraints, known), both_ways(edges))


def said(kind, a, b, serial=1):
    return Constraint(kind, a, b, serial)


def test_who_is_on_no_side_follows_the_strongest_tie():
    edges = {("a", "c"): 900_000, ("b", "c"): 500_000, ("c", "d"): 400_000}
    split = [said("split", "a", "b")]
    assert kept(["abcd"], split, edges) == [("a", "c", "d"), ("b",)]
    edges["b", "d"] = 450_000
    assert kept(["abcd"], split, edges) == [("a", "c"), ("b", "d")]


def test_bound_pages_follow_together():
    edges = {("a", "c"): 900_000, ("b", "d"): 500_000, ("c", "d"): 400_000}
    rules = [said("split", "a", "b"), said("merge", "c", "d", 2)]
    assert kept(["abcd"], rules, edges) == [("a", "c", "d"), ("b",)]


def test_a_split_elsewhere_cuts_pages_bound_to_both_sides():
    edges = {("a", "b"): 900_000, ("c", "d"): 900_000}
    rules = [said("merge", "a", "c"), said("merge", "b", "d", 2)]
    rules.append(said("split", "a", "b", 3))
    assert kept(["ab", "cd"], rules, edges) == [("a", "c"), ("b", "d")]


def test_what_is_left_of_a_story_draws_nobody():
    """Alone, a page agrees with one with which its whole story does not."""
    pages = [
        page("a", "Quixano Brzezinka zeppelin", hours=20.0),
        page("b", "Quixano Brzezinka zeppelin", hours=0.0),
        page("c", "Quixano Brzezinka zeppelin", hours=60.0),
    ]
    assert partition(pages, []) == [("a", "b"), ("c",)]
    assert partition([pages[0], pages[2]], []) == [("a", "c")]
    assert partition(pages, [], laid_down("a", "b")) == [("a",), ("b",), ("c",)]


def laid_down(*sides):
    """As an act lays it down: of each pair of pages, whether they are one story."""
    side_of = {key: number for number, side in enumerate(sides) for key in side}
    for a, b in combinations(sorted(side_of), 2):
        kind = "merge" if side_of[a] == side_of[b] else "split"
        yield Constraint(kind, a, b, LATER)


def inherited(sides, constraints):
    """That each side stays apart from what another one is laid down to be apart from.

    And from what was to be in one story with it, but is not.
    """
    story = {key for side in sides for key in side}
    for one in constraints:
        inside = story & {one.a, one.b}
        outside = {one.a, one.b} - story
        if inside and outside:
            [own], [other] = inside, outside
            if one.kind == "merge":
                yield Constraint("split", own, other, LATER)
            for side in sides if one.kind == "split" else ():
                yield Constraint("split", other, side[0], LATER)


@settings(max_examples=examples(60), deadline=None)
@given(
    st.lists(PAGES, max_size=12).map(by_key),
    st.lists(LISTS, max_size=5),
    st.lists(CONSTRAINTS, max_size=6),
    st.randoms(use_true_random=False),
)
def test_whatever_was_laid_down_before_a_cut_moves_nobody_else(
    pages, lists, constraints, chance
):
    before = partition(pages, lists, constraints)
    for story in before:
        chosen = chance.sample(story, chance.randrange(len(story)))
        sides = [tuple(key for key in story if key in chosen)]
        sides.append(tuple(key for key in story if key not in chosen))
        sides = [side for side in sides if side]
        act = [*laid_down(*sides), *inherited(sides, constraints)]
        found = solution(pages, lists, [*constraints, *act])
        assert set(found.stories) == set(before) - {story} | set(sides)
