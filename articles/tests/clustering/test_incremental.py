"""Working out again only what a change reaches gives what a full run gives."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.clustering import (
    Constraint,
    RelatedList,
    candidates,
    neighbourhood,
    update,
)
from articles.clustering import stories as clustering
from articles.library.memory import MemoryLibrary
from articles.tests.properties import examples

from .making import CONSTRAINTS, KEYS, LISTS, OTHER, PAGES, page, solution

CHANGES = st.one_of(
    st.tuples(st.just("page"), PAGES),
    st.tuples(st.just("page"), PAGES),
    st.tuples(st.just("list"), LISTS),
    st.tuples(st.just("remove"), KEYS),
    st.tuples(st.just("rule"), CONSTRAINTS),
    st.tuples(st.just("unrule"), st.integers(0, 3)),
)


class Site:
    """Stories kept up to date change by change."""

    def __init__(self):
        self.pages, self.lists, self.rules, self.story = {}, {}, [], {}

    def library(self, pages):
        return MemoryLibrary(pages.values(), self.lists.values(), self.rules)

    def change(self, changes):
        former, changed = dict(self.pages), set()
        for kind, what in changes:
            changed |= getattr(self, kind)(what)
        # All that a database still knows of before is what its pages said.
        before, after = self.library(former), self.library(self.pages)
        touched = neighbourhood(changed, before) | neighbourhood(changed, after)
        for key in set(self.story) - set(self.pages):
            del self.story[key]
        for story in update(touched, after).stories:
            self.story.update(dict.fromkeys(story, story))

    def page(self, one):
        self.pages[one.key] = one
        return {one.key}

    def list(self, one):
        former = self.lists.get(one.owner, RelatedList(one.owner, ()))
        self.lists[one.owner] = one
        return {one.owner} | set(one.named) ^ set(former.named)

    def remove(self, key):
        self.pages.pop(key, None)
        return {key}

    def rule(self, one):
        self.rules.append(one)
        return {one.a, one.b}

    def unrule(self, place):
        gone = self.rules[place : place + 1]
        del self.rules[place : place + 1]
        return {end for one in gone for end in (one.a, one.b)}

    def stories(self):
        return tuple(sorted(set(self.story.values())))

    def full(self):
        return solution(self.pages.values(), self.lists.values(), self.rules).stories


@settings(max_examples=examples(40), deadline=None)
@given(st.lists(st.lists(CHANGES, min_size=1, max_size=4), max_size=10))
def test_step_by_step_equals_all_at_once(steps):
    site = Site()
    for changes in steps:
        site.change(changes)
        assert site.stories() == site.full()


@settings(max_examples=examples(25), deadline=None)
@given(st.lists(st.lists(CHANGES, min_size=1, max_size=4), max_size=10))
def test_what_becomes_too_common_and_rare_again_is_followed(steps):
    with pytest.MonkeyPatch.context() as patch:
        for module in (candidates, clustering):
            patch.setattr(module, "FULL_POSTING", 2)
        patch.setattr(candidates, "FULL_LISTS", 1)
        site = Site()
        for changes in steps:
            site.change(changes)
            assert site.stories() == site.full()


def test_a_change_reaches_its_neighbours_and_nobody_else():
    far = [page(f"far{n}", hours=9000.0) for n in range(9)]
    lists = [RelatedList("far0", tuple(one.key for one in far))]
    near = [page("a"), page("b", hours=1.0)]
    library = MemoryLibrary([*near, *far], [*lists, RelatedList("a", ("b",))])
    touched = neighbourhood({"a"}, library)
    assert touched == {"a", "b"}
    assert update(touched, library).stories == (("a", "b"),)


def test_a_change_of_a_page_that_all_lists_name_reaches_its_own_list_alone(monkeypatch):
    monkeypatch.setattr(candidates, "FULL_LISTS", 5)
    pages = [page("hub", "the"), *(page(f"p{n}", "the") for n in range(40))]
    lists = [RelatedList(f"p{n}", ("hub", f"p{n + 1}")) for n in range(0, 40, 2)]
    library = MemoryLibrary(pages, lists)
    assert neighbourhood({"hub", "p0"}, library) - {"hub"} == {"p0", "p1"}
    assert "hub" not in library.listed_with(["p4"])["p4"]
    assert ("hub",) in update({"hub", "p0"}, library).stories


def test_who_is_bound_to_a_page_that_goes_is_free_again():
    site = Site()
    site.change([("page", page("a")), ("rule", Constraint("merge", "a", "b"))])
    site.change([("page", page("b", OTHER))])
    assert site.stories() == (("a", "b"),)
    site.change([("remove", "a")])
    assert site.stories() == (("b",),)
