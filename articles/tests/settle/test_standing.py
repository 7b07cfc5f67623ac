"""What becomes of a page, by its drops' flags and the decisions about it."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from articles.models import Article, Decision, Page, Stale
from articles.settle import settle
from articles.settle.standing import (
    AHEAD,
    Standing,
    drop_lists,
    standing,
    standings,
    wake_waiting,
)
from articles.tests.make import NOON, NOW, make_article, make_page

PUBLISH, WITHDRAW = Decision.Kind.PUBLISH, Decision.Kind.WITHDRAW
SECOND = timedelta(seconds=1)
in_the_database = pytest.mark.django_db


def twin(pk: int, **given: Any) -> Any:
    usual = {
        "pk": pk,
        "source_name": f"s{pk}",
        "published_at": NOON,
        "drop_published": True,
        "drop_removed": False,
    }
    return SimpleNamespace(**usual | given)


def stands(*twins: Any, kind: str | None = None) -> Standing:
    decision: Any = SimpleNamespace(kind=kind) if kind else None
    return standing(twins, decision, now=NOW)


@pytest.mark.parametrize("published", [True, False])
@pytest.mark.parametrize("removed", [True, False])
@pytest.mark.parametrize("ahead", [-AHEAD, AHEAD, AHEAD + SECOND])
def test_a_drop_lists_what_it_publishes_and_has_not_removed_nor_dated_far_ahead(
    published, removed, ahead
):
    article = twin(
        1,
        drop_published=published,
        drop_removed=removed,
        published_at=NOW + ahead,
    )
    listed = published and not removed and ahead <= timedelta(days=1)
    assert drop_lists(article, now=NOW) == listed
    assert stands(article) == Standing(
        (article,), {1: listed}, None, article, listed, False
    )


@pytest.mark.parametrize("published", [True, False])
def test_a_decision_counts_for_all_twins_whatever_their_drops_say(published):
    twins = twin(1, drop_published=published), twin(2, drop_published=not published)
    assert stands(*twins, kind=PUBLISH) == Standing(
        twins, {1: True, 2: True}, True, twins[0], True, False
    )
    assert stands(*twins, kind=WITHDRAW) == Standing(
        twins, {1: False, 2: False}, False, twins[0], False, True
    )


def test_a_page_without_articles_is_listed_by_a_decision_alone():
    assert stands() == Standing((), {}, None, None, False, False)
    assert stands(kind=PUBLISH) == Standing((), {}, True, None, True, False)
    assert stands(kind=WITHDRAW) == Standing((), {}, False, None, False, True)


def test_one_listed_twin_lists_the_page():
    hidden, shown = twin(1, drop_published=False), twin(2)
    for twins in ((hidden, shown), (shown, hidden)):
        assert stands(*twins).is_listed
        assert stands(*twins).published == {1: False, 2: True}


def test_listed_first_then_the_latest_then_by_source_is_who_speaks():
    best = twin(5, source_name="b", published_at=NOON)
    worse = [
        twin(1, source_name="a", published_at=NOON + SECOND, drop_published=False),
        twin(2, source_name="a", published_at=NOON - SECOND),
        twin(3, source_name="c", published_at=NOON),
    ]
    for other in worse:
        assert stands(best, other).shown is best
        assert stands(other, best).shown is best
    assert stands(*worse, best).shown is best


# From here on with the database.


def decide(kind: str, source: str = "", url: str = "", **given: Any) -> Decision:
    return Decision.objects.create(
        kind=kind, source_name=source, canonical_url=url, at=NOW, **given
    )


def decided(*pages: Page, known_as: dict[str, int] | None = None) -> list[bool | None]:
    """What holds for each of these pages, in one question."""
    found = standings(pages, now=NOW, known_as=known_as or {})
    assert set(found) == {page.pk for page in pages}
    return [found[page.pk].decided for page in pages]


@in_the_database
def test_a_decision_follows_its_source_and_leaves_nothing_but_withdrawals():
    old, article = make_page("https://p.example/old"), make_article()
    decide(PUBLISH, article.source_name, old.canonical_url)
    assert decided(old, article.page) == [None, True]
    decide(WITHDRAW, article.source_name, old.canonical_url)
    assert decided(old, article.page) == [False, False]
    decide(PUBLISH, article.source_name, article.page.canonical_url)
    assert decided(old, article.page) == [None, True]


@in_the_database
def test_a_withdrawal_stays_where_its_source_was_though_the_source_is_gone():
    page = make_page("https://p.example/a")
    decide(WITHDRAW, "gone", page.canonical_url)
    assert decided(page) == [False]
    decide(PUBLISH, "gone", "https://p.example/elsewhere")
    assert decided(page) == [None]


@in_the_database
def test_a_decision_on_a_page_holds_for_it_and_under_its_other_addresses():
    page, other = make_page("https://p.example/a"), make_page("https://p.example/b")
    decide(PUBLISH, url="https://p.example/amp")
    assert decided(page, other) == [None, None]
    known_as = {"https://p.example/amp": page.pk}
    assert decided(page, other, known_as=known_as) == [True, None]
    decide(WITHDRAW, url=page.canonical_url)
    assert decided(page, other, known_as=known_as) == [False, None]


@in_the_database
def test_of_all_that_meet_on_a_page_the_latest_counts():
    page = make_page("https://p.example/a")
    a = make_article(canonical_url=page.canonical_url, source_name="a")
    make_article(canonical_url=page.canonical_url, source_name="b")
    assert a.page == page
    for kind, source in (
        (PUBLISH, "a"),
        (WITHDRAW, "b"),
        (PUBLISH, ""),
        (WITHDRAW, "a"),
        (PUBLISH, "b"),
        (WITHDRAW, ""),
        (PUBLISH, "a"),
    ):
        decide(kind, source, page.canonical_url)
        assert decided(page) == [kind == PUBLISH], (kind, source)


@in_the_database
def test_the_clock_of_a_decision_does_not_count():
    article = make_article()
    url = article.page.canonical_url
    decide(PUBLISH, article.source_name, url)
    Decision.objects.update(at=NOW + timedelta(days=9))
    decide(WITHDRAW, article.source_name, url)
    assert decided(article.page) == [False]


@in_the_database
def test_decisions_about_stories_and_revoked_ones_do_not_count():
    article, page = make_article(), make_page("https://p.example/a")
    for source, url in (
        (article.source_name, article.page.canonical_url),
        ("", page.canonical_url),
        ("gone", page.canonical_url),
    ):
        for kind in (Decision.Kind.LEAD, Decision.Kind.TITLE, Decision.Kind.PIN):
            decide(kind, source, url)
    assert decided(article.page, page) == [None, None]


@in_the_database
def test_pages_of_others_are_not_concerned():
    article, other = make_article(), make_article(published=False)
    decide(WITHDRAW, other.source_name, other.page.canonical_url)
    assert decided(article.page) == [None]
    found = standings([article.page, other.page], now=NOW, known_as={})
    assert found[article.page_id].twins == (article,)
    assert found[other.page_id].twins == (other,)
    assert [found[one.page_id].is_listed for one in (article, other)] == [True, False]


def marks() -> dict[str, int]:
    rows = Article.objects.values_list("source_name", "page__stale")
    return dict(rows)


@in_the_database
def test_what_waited_for_its_day_and_what_came_out_too_early_is_marked():
    dated = {
        "due": NOW + AHEAD,
        "far": NOW + AHEAD + SECOND,
        "out": NOW + AHEAD,
        "early": NOW + AHEAD + SECOND,
        "decided": NOW + AHEAD + SECOND,
        "hidden": NOW,
        "removed": NOW,
    }
    for name, at in dated.items():
        make_article(
            source_name=name,
            published_at=at,
            published=name != "hidden",
            drop_removed=name == "removed",
        )
    settle(now=NOW - timedelta(days=9))
    Article.objects.filter(source_name__in=["out", "early", "decided"]).update(
        published=True
    )
    Article.objects.filter(source_name="decided").update(decided=True)
    assert set(marks().values()) == {Stale.NO}
    wake_waiting(NOW)
    assert {name for name, stale in marks().items() if stale} == {"due", "early"}
    assert set(marks().values()) == {Stale.NO, Stale.STANDING}


@in_the_database
def test_waking_lessens_no_mark():
    make_article(source_name="due", published_at=NOW)
    settle(now=NOW - timedelta(days=9))
    Page.objects.update(stale=Stale.CONTENT)
    wake_waiting(NOW)
    assert marks() == {"due": Stale.CONTENT}
