"""The machine's clock was wrong by years, and is right again."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from articles.models import Article, Decision, Page
from articles.publishing import publish, withdraw
from articles.settle import settle
from articles.tests.ingest.state import assert_same, site_state
from articles.tests.ingest.worlds import world
from articles.tests.make import NOW, import_drops, make_drop, related_entry

pytestmark = pytest.mark.django_db
YEARS = pytest.mark.parametrize(
    "off", [timedelta(days=365 * 5), timedelta(days=-365 * 20)], ids=["ahead", "behind"]
)
DAY = timedelta(days=1)


def drops(changed: str = "") -> dict[str, bytes]:
    """Drops of the last weeks, one of which is dated two days ahead."""
    made = {
        f"{n}.txt": make_drop(
            title=f"Harbour strike, day {n}{changed}",
            webUrl=f"https://press.example/{n}",
            publishedDateTime=(NOW - n * DAY).isoformat(),
            related=[
                related_entry(f"https://press.example/{n + 1}", title=f"List {n}")
            ],
        )
        for n in range(6)
    }
    ahead = make_drop(
        title="Of the day after tomorrow",
        webUrl="https://press.example/ahead",
        publishedDateTime=(NOW + 2 * DAY).isoformat(),
    )
    return made | {"ahead.txt": ahead}


@YEARS
def test_an_import_by_a_wrong_clock_brings_what_one_by_a_right_clock_brings(off):
    """Once the clock is right and something is imported or decided, all is as if.

    Only what is dated ahead is looked at by the clock, and it is left out here.
    """
    brought, later = drops(), drops(" changed")
    for held in (brought, later):
        del held["ahead.txt"]
    with world():
        import_drops(brought)
        import_drops(later, now=NOW + DAY)
        right = site_state()
    import_drops(brought, now=NOW + off)
    import_drops(later, now=NOW + DAY)
    assert_same(right, site_state())


def test_what_is_dated_ahead_is_held_back_again_when_the_clock_is_right():
    """Imported by a clock years ahead it is listed; by the right one it must wait."""
    brought = drops()
    with world():
        import_drops(brought)
        right = site_state()
    import_drops(brought, now=NOW + timedelta(days=365 * 5))
    assert Page.objects.listed().filter(title__startswith="Of the day after").exists()
    settle(now=NOW)
    assert_same(right, site_state())


def test_what_a_slow_clock_held_back_comes_out_when_it_is_right():
    """Imported by a clock 20 years behind everything is dated ahead, and waits."""
    brought = drops()
    with world():
        import_drops(brought)
        right = site_state()
    import_drops(brought, now=NOW - timedelta(days=365 * 20))
    assert not Page.objects.listed().exists()
    import_drops({}, now=NOW)
    assert_same(right, site_state())


@pytest.mark.parametrize("last", [publish, withdraw])
def test_the_last_decision_counts_although_an_earlier_one_bears_a_later_time(last):
    """An editor decides while the clock is ahead, then otherwise when it is right."""
    first = publish if last is withdraw else withdraw
    import_drops({"one.txt": make_drop()})
    article = Article.objects.get()
    with time_machine.travel(NOW + timedelta(days=365 * 5), tick=False):
        first(article)
    with time_machine.travel(NOW, tick=False):
        last(article)
    made = list(Decision.objects.order_by("pk").values_list("kind", flat=True))
    assert made == [first.__name__, last.__name__]
    assert Page.objects.listed().exists() is (last is publish)


@pytest.mark.parametrize("last", [publish, withdraw])
def test_a_clock_that_is_set_forward_keeps_the_order_of_decisions(last):
    """The first decision is made by a clock that is behind."""
    first = publish if last is withdraw else withdraw
    import_drops({"one.txt": make_drop()})
    article = Article.objects.get()
    with time_machine.travel(NOW - timedelta(days=365 * 20), tick=False):
        first(article)
    with time_machine.travel(NOW, tick=False):
        last(article)
    assert Page.objects.listed().exists() is (last is publish)


@YEARS
def test_no_import_undoes_what_was_decided_by_a_wrong_clock(off):
    """A withdrawal stays, whatever the clock said when it was made."""
    import_drops({"one.txt": make_drop(webUrl="https://press.example/a")})
    with time_machine.travel(NOW + off, tick=False):
        withdraw(Article.objects.get())
    import_drops(
        {"one.txt": make_drop(title="Anew", webUrl="https://press.example/a")},
        now=NOW + DAY,
        publish=True,
    )
    assert not Page.objects.visible().exists()
