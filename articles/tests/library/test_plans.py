"""What was decided about some pages is found by them, however much was decided."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.library.decisions import choices, pair_decisions
from articles.models import Decision
from articles.publishing import lead, merge, pin, split, title
from articles.tests.admin.events import (
    BRIDGE,
    FLOOD,
    VOTE,
    bring,
    coverage,
    page,
    pages,
    story,
)
from articles.tests.make import NOON
from articles.tests.plans import of_sqlite, plans_of

pytestmark = pytest.mark.django_db


@of_sqlite
@pytest.mark.parametrize("ask", [pair_decisions, choices])
def test_decisions_are_found_by_the_names_of_pages(ask):
    bring(coverage(BRIDGE, 3))
    title(page(BRIDGE), "Bridge closed")
    split(pages(BRIDGE, 0))
    for plan in plans_of(lambda: ask([page(BRIDGE).pk])):
        assert "SCAN" not in plan


@pytest.fixture
def decided(db) -> None:
    bring(coverage(BRIDGE, 4, linked=1), coverage(FLOOD, 3), coverage(VOTE, 3))
    merge([story(BRIDGE), story(FLOOD)])
    split(pages(BRIDGE, 0, 1))
    for one, number in ((BRIDGE, 2), (FLOOD, 0), (VOTE, 1)):
        lead(page(one, number))
        title(page(one, number), f"About {one}")
    pin(page(VOTE))


def test_what_is_asked_of_some_is_what_all_of_it_says_of_them(decided):
    everything = pair_decisions()
    assert len(everything) > 5
    for one in (*pages(BRIDGE, *range(5)), *pages(FLOOD, *range(3)), page(VOTE)):
        of_one = [made for made in everything if one.pk in (made.a, made.b)]
        assert pair_decisions([one.pk]) == of_one
        mine = choices([one.pk])
        assert mine.leads.keys() | mine.titles.keys() | mine.pins.keys() <= {one.pk}
    about = choices([page(VOTE).pk, page(VOTE, 1).pk])
    assert set(about.leads) == set(about.titles) == {page(VOTE, 1).pk}
    assert about.pins[page(VOTE).pk][1]


def test_an_act_reads_no_more_where_much_was_decided_elsewhere(decided):
    def rows_read() -> int:
        with CaptureQueriesContext(connection) as asked:
            split(pages(VOTE, 0))
        return len(asked)

    few = rows_read()
    Decision.objects.bulk_create(
        Decision(
            kind=kind,
            canonical_url=f"https://gone.example/{n}",
            other_url=f"https://gone.example/{n + 1}",
            author="me",
            at=NOON,
        )
        for n in range(1_000)
        for kind in (Decision.Kind.MERGE, Decision.Kind.SPLIT)
    )
    merge([story(VOTE, 0), story(VOTE, 1)])
    assert rows_read() <= few + 4
