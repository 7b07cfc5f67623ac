"""Editors' decisions about stories, in order, at the pages they are about today."""

from __future__ import annotations

from inspect import signature
from typing import Any

import pytest
from django.utils import timezone

from articles.library.decisions import (
    Choices,
    Pin,
    choices,
    contradictions,
    ends_of,
    pages_of,
    pair_decisions,
)
from articles.models import Article, Decision, Page
from articles.settle import settle
from articles.tests.make import NOW, make_article

pytestmark = pytest.mark.django_db
Kind = Decision.Kind


@pytest.fixture
def articles() -> dict[str, Article]:
    made = {name: make_article(source_name=name) for name in "abcdef"}
    settle(now=NOW)
    return made


def named(article: Article | None, prefix: str = "") -> dict[str, str]:
    if article is None:
        return {}
    source, url = ("other_source", "other_url") if prefix else SOURCE
    return {source: article.source_name, url: article.page.canonical_url}


SOURCE = ("source_name", "canonical_url")


def decide(
    kind: str, article: Article, other: Article | None = None, **given: Any
) -> Decision:
    return Decision.objects.create(
        kind=kind, at=NOW, **named(article), **named(other, "other"), **given
    )


def test_merges_and_splits_are_told_in_order_with_the_page_that_leaves_last(articles):
    a, b, c = (articles[name] for name in "abc")
    merge = decide(Kind.MERGE, a, b)
    decide(Kind.LEAD, a)
    split = decide(Kind.SPLIT, c, a)
    again = decide(Kind.MERGE, c, a)
    found = pair_decisions()
    assert [(one.kind, one.a, one.b, one.decision) for one in found] == [
        ("merge", a.page_id, b.page_id, merge.pk),
        ("split", a.page_id, c.page_id, split.pk),
        ("merge", c.page_id, a.page_id, again.pk),
    ]
    serials = [one.serial for one in found]
    assert serials == sorted(set(serials))


def test_what_was_taken_back_or_is_about_no_two_known_pages_is_left_out(articles):
    a, b, c = (articles[name] for name in "abc")
    decide(Kind.MERGE, a, b, undone_at=timezone.now())
    unknown = decide(Kind.MERGE, a, b)
    Decision.objects.filter(pk=unknown.pk).update(
        other_source="gone", other_url="https://gone.example/"
    )
    unknown = decide(Kind.SPLIT, a, b)
    Decision.objects.filter(pk=unknown.pk).update(
        source_name="gone", canonical_url="https://gone.example/"
    )
    decide(Kind.MERGE, a, a)
    kept = decide(Kind.MERGE, b, c)
    [found] = pair_decisions()
    assert (found.kind, found.a, found.b, found.decision) == (
        "merge",
        b.page_id,
        c.page_id,
        kept.pk,
    )


def test_two_pages_that_have_become_one_are_no_pair(articles):
    a, b = articles["a"], articles["b"]
    decide(Kind.MERGE, a, b)
    Article.objects.filter(pk=b.pk).update(page=a.page)
    assert pair_decisions() == []


def chosen() -> Choices:
    """The choices about all pages, whether or not these have to be named."""
    pages = set(Page.objects.values_list("pk", flat=True))
    ask: Any = choices
    return ask(pages) if signature(choices).parameters else ask()


def test_the_latest_choice_of_each_page_counts(articles):
    a, b = articles["a"], articles["b"]
    decide(Kind.LEAD, a)
    decide(Kind.TITLE, a, value="First")
    decide(Kind.PIN, a)
    decide(Kind.LEAD, b)
    decide(Kind.UNPIN, a)
    decide(Kind.PIN, b)
    decide(Kind.TITLE, a, value="Second")
    decide(Kind.LEAD, a)
    found = chosen()
    assert set(found.leads) == {a.page_id, b.page_id}
    [(title_at, title)] = [found.titles[a.page_id]]
    (unpinned_at, pinned_a), (pinned_at, pinned_b) = (
        found.pins[one.page_id] for one in (a, b)
    )
    assert (title, pinned_a, pinned_b) == ("Second", None, Pin())
    in_order = [
        found.leads[b.page_id],
        unpinned_at,
        pinned_at,
        title_at,
        found.leads[a.page_id],
    ]
    assert in_order == sorted(set(in_order))


def test_other_decisions_undone_ones_and_unknown_pages_are_no_choices(articles):
    a, b = articles["a"], articles["b"]
    gone = decide(Kind.LEAD, a)
    Decision.objects.filter(pk=gone.pk).update(
        source_name="gone", canonical_url="https://gone.example/"
    )
    decide(Kind.LEAD, a, undone_at=timezone.now())
    decide(Kind.MERGE, a, b)
    decide(Kind.PUBLISH, a)
    decide(Kind.PIN, b)
    found = chosen()
    assert (found.leads, found.titles) == ({}, {})
    assert set(found.pins) == {b.page_id}


def test_an_empty_title_is_one():
    article = make_article()
    decide(Kind.TITLE, article, value="")
    assert [title for _, title in chosen().titles.values()] == [""]


def test_a_decision_names_one_end_or_two(articles):
    a, b = articles["a"], articles["b"]
    names = [(one.source_name, one.page.canonical_url) for one in (a, b)]
    assert ends_of(decide(Kind.LEAD, a)) == names[:1]
    assert ends_of(decide(Kind.MERGE, a, b)) == names
    linked = Decision(kind=Kind.MERGE, canonical_url="x", other_url="y")
    assert ends_of(linked) == [("", "x"), ("", "y")]


def test_pages_are_told_of_both_ends_and_unknown_ones_left_out(articles):
    a, b, c = (articles[name] for name in "abc")
    made = [decide(Kind.MERGE, a, b), decide(Kind.LEAD, a)]
    decide(Kind.LEAD, c)
    unknown = decide(Kind.LEAD, c)
    Decision.objects.filter(pk=unknown.pk).update(
        source_name="gone", canonical_url="https://gone.example/"
    )
    unknown.refresh_from_db()
    assert pages_of([*made, unknown]) == {
        (one.source_name, one.page.canonical_url): one.page_id for one in (a, b)
    }
    assert pages_of([]) == {}


def told() -> list[tuple[int, set[int]]]:
    return [(one.decision, set(one.against)) for one in contradictions()]


def test_what_contradicts_an_earlier_decision_is_told_with_that(articles):
    a, b, c = (articles[name] for name in "abc")
    first, second = decide(Kind.MERGE, a, b), decide(Kind.MERGE, b, c)
    against = decide(Kind.SPLIT, a, c)
    assert told() == [(against.pk, {first.pk, second.pk})]


def test_who_says_the_opposite_has_changed_their_mind(articles):
    a, b = articles["a"], articles["b"]
    decide(Kind.MERGE, a, b)
    decide(Kind.SPLIT, b, a)
    assert contradictions() == []


def test_contradictions_of_several_sets_are_told_in_order(articles):
    a, b, c, d, e, f = (articles[name] for name in "abcdef")
    made = [
        decide(Kind.MERGE, d, e),
        decide(Kind.MERGE, a, b),
        decide(Kind.SPLIT, b, c),
        decide(Kind.MERGE, e, f),
        decide(Kind.SPLIT, d, f),
        decide(Kind.MERGE, a, c),
    ]
    pks = [one.pk for one in made]
    assert told() == [(pks[4], {pks[0], pks[3]}), (pks[5], {pks[1], pks[2]})]


def test_what_is_not_bound_together_contradicts_nothing(articles):
    a, b, c, d = (articles[name] for name in "abcd")
    decide(Kind.MERGE, a, b)
    decide(Kind.SPLIT, c, d)
    assert contradictions() == []


def test_decisions_about_pages_without_a_date_wait_unheard(articles):
    a, b, c = (articles[name] for name in "abc")
    decide(Kind.MERGE, a, b), decide(Kind.MERGE, b, c), decide(Kind.SPLIT, a, c)
    Page.objects.filter(pk=b.page_id).update(published_at=None)
    assert contradictions() == []
    Page.objects.filter(pk=a.page_id).update(published_at=None)
    assert contradictions() == []
