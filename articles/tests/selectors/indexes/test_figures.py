"""Reports, ranks and counts are what plain counting over all pages gives."""

from __future__ import annotations

from collections import Counter

import pytest

from articles.models import Page, Provider, Story, StoryTopic
from articles.publishing import withdraw
from articles.selectors.indexes import report
from articles.selectors.indexes.leaderboard import ENOUGH, ORDERS, leaderboard
from articles.selectors.indexes.provider import provider_index, provider_page
from articles.selectors.indexes.topic import topic_index, topic_page
from articles.tests.make import import_drops
from articles.tests.selectors.indexes import brute

from .making import many_stories


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
        found = report.provider_report(provider.pk)
        if not own:
            assert found is None
            continue
        assert brute.as_tuple(found.figures) == brute.figures(own)
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
        assert {
            name: brute.as_tuple(one.figures) for name, one in told.items()
        } == ranked
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
        domain: f"{count:,}" for domain, count in counts.items()
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
        assert found.page_total == f"{len(own):,}"
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
        slug: f"{len(held):,}" for slug, held in under.items()
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
