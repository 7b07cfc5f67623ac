"""In what order pages are found, and which ones where no page says all."""

from __future__ import annotations

import pytest
from django.db import connection

from articles.models import Page
from articles.search import (
    Fit,
    best_hits,
    near_hits,
    parse,
)

from .asking import best
from .making import made

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="asks the index"),
]


def test_the_best_come_first():
    made(
        "A harbour without a ferry that sails",
        "Northport: ferry sails again",
        "Sails of the ferry, and more about the ferry",
        "Ferry sails",
    )
    made("Elsewhere", excerpt="The ferry now sails.")
    titles = best("ferry sails")
    assert titles[:2] == ["Ferry sails", "Northport: ferry sails again"]
    assert titles[-1] == "Elsewhere"


def test_of_equal_ones_the_newest_comes_first():
    for hour in (9, 11, 10):
        made("Ferry sails", published_at=f"2024-03-01T{hour:02}:00Z")
    hits = [one.id for one in best_hits(parse("ferry"), Page.objects.all()).hits]
    assert hits == sorted(hits, reverse=True)


def test_where_no_page_says_all_words_those_that_say_most_are_found():
    made("Ferry sails north", "Ferry sinks", "Crane stands")
    met = near_hits(parse("ferry sails zebra"), Page.objects.visible())
    assert met.fit is Fit.SOME
    assert best("ferry sails zebra") == ["Ferry sails north"]
    assert best("crane zebra") == ["Crane stands"]
    assert best("zebra") == []
    assert best("ferry sails zebra -north") == ["Ferry sinks"]
    assert best("ferry zebra provider:nobody") == []


def test_where_all_say_what_they_should_not_they_are_found():
    made("Ferry sails north", "Crane sails")
    met = near_hits(parse("ferry -north"), Page.objects.visible())
    assert met.fit is Fit.UNWANTED
    assert best("ferry -north") == ["Ferry sails north"]


def test_only_the_newest_are_ranked(monkeypatch):
    monkeypatch.setattr("articles.search.questions.RANKED", 3)
    for number in range(5):
        made(f"Ferry {number}", published_at=f"2024-03-0{number + 1}T00:00Z")
    met = best_hits(parse("ferry"), Page.objects.visible())
    assert met.more
    assert set(best("ferry")) == {"Ferry 4", "Ferry 3", "Ferry 2"}
    assert not near_hits(parse("ferry -4 -3"), Page.objects.visible()).hits[3:]


def test_every_page_is_found_by_its_own_title(seeded):
    for page in Page.objects.visible():
        hits = best_hits(parse(page.title), Page.objects.visible()).hits
        same = {one.page for one in hits[:3]}
        titles = Page.objects.filter(pk__in=same).values_list("title", flat=True)
        assert page.title in titles
