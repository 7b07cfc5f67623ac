"""Where reports, ranks and counts begin and end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from articles.models import Article, Provider, ProviderDay
from articles.selectors.indexes import leaderboard as ranks
from articles.selectors.indexes import report
from articles.selectors.indexes.activity import PROVIDER_DAYS, activity
from articles.selectors.indexes.leaderboard import leaderboard
from articles.settle import settle
from articles.settle.recount import recount
from articles.tests.make import NOON, NOW, make_article
from articles.tests.selectors.indexes import brute

from .making import as_stories, many_stories


@pytest.fixture
def site(restore) -> None:
    restore("sixty-stories", lambda: many_stories(60) and None)


def test_a_report_goes_over_the_newest_stories_only(site, monkeypatch):
    monkeypatch.setattr(report, "REPORTED", 5)
    provider = Provider.objects.get(domain="p1.example")
    own = sorted(
        (part for part in brute.parts() if part.provider == "p1.example"),
        key=lambda part: (-part.at.timestamp(), part.delay, part.leads),
    )
    found = report.provider_report(provider.pk)
    assert found.is_cut
    assert brute.as_tuple(found.figures) == brute.figures(own[:5])
    assert found.since == own[4].at


def test_ranks_read_the_newest_parts_only_and_say_since_when(site, monkeypatch):
    monkeypatch.setattr(ranks, "READ", 10)
    found = leaderboard("stories")
    times = sorted((part.at for part in brute.parts()), reverse=True)
    assert found.is_cut and found.since == times[9]
    assert sum(place.figures.stories for place in found.places) == 10


def at(moment: datetime, *domains: str) -> list[Article]:
    """One article of each publisher, all at one moment."""
    return [make_article(published_at=moment, provider=domain) for domain in domains]


def test_a_part_of_the_first_of_the_ninety_days_counts_and_one_before_it_does_not(db):
    midnight = (NOON - timedelta(days=89)).replace(hour=0)
    as_stories(
        at(midnight, "in.example", "in-too.example"),
        at(midnight - timedelta(seconds=1), "out.example", "out-too.example"),
        at(NOON, "alone.example"),
    )
    found = leaderboard("first")
    assert found.since == midnight and found.until == NOON
    assert {place.provider.domain for place in found.places} == {
        "in.example",
        "in-too.example",
    }


def test_who_does_as_well_shares_a_place_in_the_order_of_names(db):
    as_stories(
        at(NOON, "b.example", "c.example"),
        at(NOON, "b.example", "c.example"),
        at(NOON, "a.example") + at(NOON + timedelta(hours=1), "d.example"),
    )
    places = leaderboard("first").places
    assert [(place.number, place.provider.domain) for place in places] == [
        (1, "b.example"),
        (1, "c.example"),
        (3, "a.example"),
    ]


def test_a_week_begins_and_ends_at_midnight_in_the_sites_zone(db):
    late = datetime(2024, 3, 1, 22, tzinfo=UTC)  # midnight in Kyiv
    edge = late - timedelta(days=6)
    for moment in (late, edge, edge - timedelta(seconds=1)):
        at(moment, "a.example")
    told = {}
    for zone in ("Europe/Kyiv", "UTC"):
        with timezone.override(zone):
            settle(now=NOW)
            recount(mend=True)
            (of,) = set(ProviderDay.objects.values_list("provider", flat=True))
            found = activity(PROVIDER_DAYS, of, noun="page", newest=late)
            told[zone] = found.table[-2:]
    assert told == {
        "Europe/Kyiv": (("24 February 2024", 1), ("2 March 2024", 2)),
        "UTC": (("23 February 2024", 0), ("1 March 2024", 3)),
    }
