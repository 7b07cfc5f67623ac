"""Decisions about pages: what is recorded, which pages are marked, what it does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.db import connection

from articles.models import Article, Decision, Page, Stale
from articles.publishing import publish, withdraw
from articles.publishing.decisions import (
    Actor,
    author_fields,
    record,
    subject_names,
)
from articles.settle import settle
from articles.tests.make import NOW, make_article, make_page, name_page

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
Kind = Decision.Kind


@pytest.fixture
def article() -> Article:
    article = make_article(source_name="a", url="https://press.example/a")
    name_page(article, "https://press.example/linked")
    settle(now=NOW)
    return article


@pytest.fixture
def linked(article: Article) -> Page:
    return Page.objects.get(canonical_url="https://press.example/linked")


def made() -> list[tuple[str, str, str]]:
    rows = Decision.objects.order_by("pk")
    return list(rows.values_list("kind", "source_name", "canonical_url"))


def stale() -> set[str]:
    rows = Page.objects.exclude(stale=Stale.NO).values_list("canonical_url", "stale")
    assert {mark for _, mark in rows} <= {Stale.STANDING}
    return {url.rpartition("/")[2] for url, _ in rows}


def test_an_act_names_its_subject_by_source_where_a_drop_has_it(article, linked):
    page = Page.objects.get(pk=article.page_id)
    assert subject_names(article) == ("a", "https://press.example/a")
    assert subject_names(page) == ("a", "https://press.example/a")
    assert subject_names(linked) == ("", "https://press.example/linked")


@pytest.mark.parametrize("one", [True, False])
def test_acts_take_one_or_several_and_tell_how_many(article, linked, one):
    subjects = article if one else (one for one in (article, linked))
    assert withdraw(subjects, why="not ours") == (1 if one else 2)
    about = [("withdraw", "a", "https://press.example/a")]
    about += [] if one else [("withdraw", "", "https://press.example/linked")]
    assert made() == about
    assert set(Decision.objects.values_list("why", "author", "by")) == {
        ("not ours", "a script", None)
    }
    assert not Page.objects.listed().exists()
    assert publish(linked) == 1
    assert made()[-1] == ("publish", "", "https://press.example/linked")
    assert Page.objects.listed().get() == linked


def test_an_act_that_fails_leaves_nothing(article, monkeypatch):
    def fail(pages: object, *, now: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("articles.publishing.decisions.settle_pages", fail)
    with pytest.raises(ZeroDivisionError):
        withdraw(article)
    assert made() == []
    assert Page.objects.listed().exists()
    assert not connection.needs_rollback


def test_a_person_is_named_and_known(article):
    edith = User.objects.create_user("edith")
    withdraw(article, by=edith, why="asked to")
    [one] = Decision.objects.all()
    assert (one.by, one.author, one.why) == (edith, "edith", "asked to")


def test_who_decides_is_a_name_whoever_it_is():
    edith = User.objects.create_user("edith")
    nowhere = {"place": "", "address": ""}
    assert author_fields(edith) == {"by": edith, "author": "edith"} | nowhere
    assert author_fields(None) == {"by": None, "author": "a script"} | nowhere
    assert author_fields(AnonymousUser())["by"] is None
    at_the_queue = author_fields(Actor(edith, "queue", "192.0.2.1"))
    assert at_the_queue == {
        "by": edith,
        "author": "edith",
        "place": "queue",
        "address": "192.0.2.1",
    }


def test_what_is_recorded_is_put_into_effect_by_settling(article, linked):
    decided = record(Kind.WITHDRAW, [article], at=LATER, why="asked to")
    [one] = Decision.objects.all()
    assert (one.at, one.why, one.by) == (LATER, "asked to", None)
    assert decided == {article.page_id}
    assert stale() == {"a"}
    assert Page.objects.listed().exists()
    settle(now=LATER)
    assert not Page.objects.listed().exists()


def test_pages_that_the_source_was_decided_on_before_are_marked_as_well(article):
    """A withdrawal that was made there holds no longer, perhaps."""
    old = make_page("https://press.example/old")
    other = make_page("https://press.example/other")
    name_page(article, old.canonical_url), name_page(article, other.canonical_url)
    Decision.objects.create(
        kind=Kind.WITHDRAW, source_name="a", canonical_url=old.canonical_url, at=NOW
    )
    Decision.objects.create(
        kind=Kind.WITHDRAW, source_name="b", canonical_url=other.canonical_url, at=NOW
    )
    Decision.objects.create(kind=Kind.SET_ASIDE, source_name="a", digest="x", at=NOW)
    settle(now=NOW)
    assert record(Kind.PUBLISH, [article], at=LATER) == {article.page_id, old.pk}
    assert stale() == {"a", "old"}


def test_a_linked_pages_decision_concerns_it_alone(article, linked):
    other = make_page("https://press.example/other")
    name_page(article, other.canonical_url)
    Decision.objects.create(
        kind=Kind.WITHDRAW, canonical_url=other.canonical_url, at=NOW
    )
    settle(now=NOW)
    assert record(Kind.WITHDRAW, [linked], at=LATER) == {linked.pk}
    assert stale() == {"linked"}


def test_marks_are_not_lessened(article, linked):
    Page.objects.update(stale=Stale.CONTENT)
    assert record(Kind.WITHDRAW, [article, linked], at=LATER) == {
        article.page_id,
        linked.pk,
    }
    assert set(Page.objects.values_list("stale", flat=True)) == {Stale.CONTENT}


def test_of_nothing_nothing_is_recorded(article):
    assert record(Kind.WITHDRAW, [], at=LATER) == set()
    assert withdraw([]) == 0
    assert made() == []
