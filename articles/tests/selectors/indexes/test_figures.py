"""Reports, ranks and counts are what plain counting over all pages gives."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from articles.models import Article, Page, Provider, Story, StoryProvider, StoryTopic
from articles.publishing import withdraw
from articles.selectors.counting import capped, counts_between
from articles.selectors.indexes import leaderboard as ranks
from articles.selectors.indexes import report
from articles.selectors.indexes.activity import activity
from articles.selectors.indexes.leaderboard import ENOUGH, ORDERS, leaderboard
from articles.selectors.indexes.provider import provider_index, provider_page
from articles.selectors.indexes.topic import topic_index, topic_page
from articles.settle import settle
from articles.tests.make import NOON, NOW, import_drops, make_article
from articles.tests.selectors.indexes import brute

from .making import as_stories, many_stories


@pytest.fixture
def site(restore) -> None:
    restore("sixty-stories", lambda: many_stories(60) and None)


def test_figures_of_a_made_site_are_those_of_plain_counting(site):
    assert len(brute.parts()) > 60
    check_all()


def test_figures_are_right_after_a_third_of_all_pages_is_withdrawn(site):
    withdraw(
        Page.objects.filter(pk__in=list(Page.objects.values_list("pk", flat=True))[::3])
    )
    assert brute.parts()
    check_all()


@pytest.mark.parametrize("count", [120, pytest.param(350, marks=pytest.mark.nightly)])
def test_figures_of_real_drops_are_those_of_plain_counting(db, corpus_drops, count):
    # Their names begin with their days, and what came out together shares stories.
    newest = sorted(path for path in corpus_drops.rglob("*") if path.is_file())[-count:]
    import_drops({path.name: path.read_bytes() for path in newest}, publish=True)
    assert len(brute.parts()) > count / 7
    check_all()


def check_all() -> None:
    assert brute.parts_held() == brute.parts()
    check_reports()
    check_ranks()
    check_providers()
    check_topics()


def check_reports() -> None:
    held = brute.parts()
    for provider in Provider.objects.all():
        own = [part for part in held if part.provider == provider.domain]
        found = report.provider_report(provider)
        if not own:
            assert found is None
            continue
        assert as_tuple(found.figures) == brute.figures(own)
        assert found.since == min(part.at for part in own)
        others = brute.companions(held, provider.domain)
        told = {other.provider.domain: other.stories for other in found.companions}
        assert told == {name: others[name] for name in told}
        often = sorted((n for n in others.values() if n >= report.OFTEN), reverse=True)
        assert list(told.values()) == often[: report.COMPANIONS]


def check_ranks() -> None:
    for by in ORDERS:
        found = leaderboard(by)
        wanted = {
            provider: brute.figures(own) for provider, own in brute.of_late().items()
        }
        value = {"stories": 0, "first": 1, "leads": 2, "delay": 3}[by]
        ranked = {
            provider: own
            for provider, own in wanted.items()
            if (own[0] >= ENOUGH if by == "delay" else own[value] > 0)
        }
        told = {place.provider.domain: place for place in found.places}
        assert {name: as_tuple(one.figures) for name, one in told.items()} == ranked
        best = sorted(
            own[value] * (1 if by == "delay" else -1) for own in ranked.values()
        )
        for name, place in told.items():
            own = ranked[name][value] * (1 if by == "delay" else -1)
            assert place.number == best.index(own) + 1
        assert [place.number for place in found.places] == sorted(
            place.number for place in found.places
        )


def check_providers() -> None:
    pages = [
        page for page in Page.objects.select_related("provider") if page.is_visible
    ]
    counts = Counter(page.provider.domain for page in pages)
    entries = [entry for letter in provider_index().letters for entry in letter.entries]
    assert {entry.provider.domain: entry.pages for entry in entries} == {
        domain: capped(count) for domain, count in counts.items()
    }
    leads = Counter(
        story.lead.provider.domain
        for story in Story.objects.listed().select_related("lead__provider")
    )
    stories = brute.shown()
    for entry in entries:
        domain = entry.provider.domain
        found = provider_page(domain)
        own = [page.published_at for page in pages if page.provider.domain == domain]
        assert entry.newest_at == found.head.newest_at == max(own)
        assert found.head.leads == leads[domain]
        assert found.page_total == capped(len(own))
        check_activity(found.head.activity, own)
        covered = [
            Story.objects.get(public_id=story)
            for story, held in stories.items()
            if any(page.provider.domain == domain for page in held)
        ]
        topics = Counter(
            topic.slug for story in covered for topic in story.topics.all()
        )
        told = {one.topic.slug: one.stories for one in found.head.topics}
        assert list(told.values()) == sorted(topics.values(), reverse=True)[:8]
        assert told == {slug: topics[slug] for slug in told}


def check_topics() -> None:
    stories = {story.public_id: story for story in Story.objects.listed()}
    under: dict[str, set[str]] = {}
    for label in StoryTopic.objects.select_related("topic", "story"):
        under.setdefault(label.topic.slug, set()).add(label.story.public_id)
    entries = [entry for letter in topic_index().letters for entry in letter.entries]
    assert {entry.topic.slug: entry.stories for entry in entries} == {
        slug: capped(len(held)) for slug, held in under.items()
    }
    shown = brute.shown()
    for entry in entries:
        found = topic_page(entry.topic.slug)
        held = under[entry.topic.slug]
        times = [max(page.published_at for page in shown[story]) for story in held]
        assert entry.newest_at == found.head.newest_at == max(times)
        assert times and held <= stories.keys()
        check_activity(found.head.activity, times)
        counts = Counter(
            domain
            for story in held
            for domain in {page.provider.domain for page in shown[story]}
        )
        told = {one.provider.domain: one.stories for one in found.head.providers}
        assert told == {domain: counts[domain] for domain in told}
        assert list(told.values()) == sorted(counts.values(), reverse=True)[:8]


def check_activity(found, times) -> None:
    """Its table against the times, by what its rows are called."""
    end = Story.objects.listed().latest("latest_at").latest_at
    days = Counter()
    for at in times:
        back = (end.date() - at.date()).days // 7
        if found.unit == "week" and 0 <= back < 26:
            days[25 - back] += 1
        months = (end.year - at.year) * 12 + end.month - at.month
        if found.unit == "month" and 0 <= months < 24:
            days[23 - months] += 1
    assert [count for _, count in found.table] == [
        days[place] for place in range(len(found.table))
    ]
    assert found.total == sum(days.values())


def as_tuple(figures):
    return figures.stories, figures.first, figures.leads, figures.delay, figures.late


def test_a_report_goes_over_the_newest_stories_only(site, monkeypatch):
    monkeypatch.setattr(report, "REPORTED", 5)
    provider = Provider.objects.get(domain="p1.example")
    own = sorted(
        (part for part in brute.parts() if part.provider == "p1.example"),
        key=lambda part: (-part.at.timestamp(), part.delay, part.leads),
    )
    found = report.provider_report(provider)
    assert found.is_cut
    assert as_tuple(found.figures) == brute.figures(own[:5])
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
    settle(now=NOW)
    told = {}
    for zone in ("Europe/Kyiv", "UTC"):
        with timezone.override(zone):
            pages = Page.objects.visible()
            found = activity(pages, "published_at", noun="page", newest=late)
            told[zone] = found.table[-2:]
    assert told == {
        "Europe/Kyiv": (("24 February 2024", 1), ("2 March 2024", 2)),
        "UTC": (("23 February 2024", 0), ("1 March 2024", 3)),
    }


def test_ranges_hold_their_beginning_and_not_their_end(site):
    times = sorted(StoryProvider.objects.values_list("first_at", flat=True))
    edges = [times[0], times[len(times) // 3], times[-1], times[-1] + timedelta(days=1)]
    ranges = list(zip(edges, edges[1:], strict=False))
    assert counts_between(StoryProvider.objects.all(), "first_at", ranges) == [
        sum(begin <= at < end for at in times) for begin, end in ranges
    ]
    assert counts_between(StoryProvider.objects.all(), "first_at", []) == []
