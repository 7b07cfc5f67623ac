"""An editor's decision outlives re-imports, moves, twins and what upstream says."""

from __future__ import annotations

from datetime import timedelta

import pytest

from articles.models import Page
from articles.tests.make import NOW, import_drops, make_drop, related_entry

from .worlds import Verdict, decide

pytestmark = pytest.mark.django_db
OLD, NEW = "https://press.example/old", "https://press.example/new"
NAMING = make_drop(
    webUrl="https://press.example/n",
    related=[related_entry(OLD), related_entry(NEW)],
)


def standing(url: str) -> tuple[bool, bool]:
    """Whether a page is listed, and whether it is visible."""
    page = Page.objects.get(canonical_url=url)
    return page.is_listed, page.is_visible


def arrive(url: str, name: str = "a", **given) -> None:
    import_drops({f"{name}.txt": make_drop(webUrl=url, **given), "n.txt": NAMING})


def later(kind: str, about: str, minutes: int = 1) -> None:
    decide(Verdict(kind, about), now=NOW + timedelta(minutes=minutes))


def test_a_withdrawal_holds_where_the_source_was_and_where_it_goes():
    arrive(OLD)
    later("withdraw", "a")
    arrive(NEW)
    assert standing(OLD) == standing(NEW) == (False, False)


def test_a_later_decision_about_the_source_gives_the_page_it_left_free():
    arrive(OLD)
    later("withdraw", "a", 1)
    arrive(NEW)
    later("publish", "a", 2)
    assert standing(OLD) == (False, True)
    assert standing(NEW) == (True, True)


def test_a_publication_goes_with_its_source_and_leaves_nothing_behind():
    arrive(OLD, published=False)
    later("publish", "a")
    arrive(NEW, published=False)
    assert standing(OLD) == (False, True)
    assert standing(NEW) == (True, True)


@pytest.mark.parametrize(
    ("kind", "seen"), [("publish", (True, True)), ("withdraw", (False, False))]
)
def test_a_drop_inherits_what_was_decided_about_the_linked_page_it_takes_over(
    kind, seen
):
    import_drops({"n.txt": NAMING})
    later(kind, OLD)
    assert standing(OLD) == seen
    for published in (False, True):
        arrive(OLD, published=published)
        assert standing(OLD) == seen


def test_on_twins_the_latest_decision_counts():
    arrive(OLD, "a")
    arrive(OLD, "b")
    later("withdraw", "a", 1)
    assert standing(OLD) == (False, False)
    later("publish", "b", 2)
    assert standing(OLD) == (True, True)
    later("withdraw", "a", 3)
    assert standing(OLD) == (False, False)


def test_a_twin_that_comes_later_shows_nothing_that_was_withdrawn():
    arrive(OLD, "a")
    later("withdraw", "a")
    arrive(OLD, "b", publishedDateTime="2024-03-02T00:00:00Z")
    assert standing(OLD) == (False, False)


def test_what_was_withdrawn_does_not_come_back_as_somebodys_amp_address():
    import_drops({"n.txt": NAMING})
    later("withdraw", OLD)
    arrive("https://press.example/whole", ampWebUrl=OLD)
    assert standing("https://press.example/whole") == (False, False)


def test_upstreams_flips_change_nothing_once_an_editor_decided():
    arrive(OLD)
    later("withdraw", "a")
    for published, removed in ((False, None), (True, None), (True, True)):
        arrive(OLD, published=published, removed=removed)
        assert standing(OLD) == (False, False)


def test_a_drop_dated_ahead_is_listed_when_its_day_has_come_though_a_twin_was():
    ahead = NOW + timedelta(days=3)
    arrive(OLD, "a", title="The first of two")
    arrive(OLD, "b", title="Dated ahead", publishedDateTime=ahead.isoformat())
    assert Page.objects.get(canonical_url=OLD).title == "The first of two"
    import_drops({}, now=ahead - timedelta(hours=20))
    assert Page.objects.get(canonical_url=OLD).title == "Dated ahead"
