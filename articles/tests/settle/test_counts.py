"""Kept counts are what plain counting gives, whatever happens, and cost little."""

from __future__ import annotations

from collections import Counter, defaultdict
from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings

from articles.models import (
    Day,
    Page,
    Provider,
    ProviderDay,
    Story,
    StoryTopic,
    Topic,
    TopicDay,
    Totals,
)
from articles.operating.upkeep import count_findings
from articles.publishing import publish, withdraw
from articles.settle import settle
from articles.settle.recount import recount
from articles.tests.ingest.worlds import histories, live, world
from articles.tests.make import NOON, NOW, make_article, name_page
from articles.tests.plans import of_sqlite, plan
from articles.tests.properties import examples
from articles.tests.selectors.indexes.making import many_stories

pytestmark = pytest.mark.django_db
few = settings(
    max_examples=examples(10),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def kept() -> dict[str, object]:
    """All kept counts, by names that outlive a rebuilding."""
    return {
        "totals": Totals.read(),
        "days": sorted(
            Day.objects.values_list(
                "first_on", "story_count", "page_count", "provider_count"
            )
        ),
        "topics": {
            one.key: (one.story_count, one.newest_at)
            for one in Topic.objects.all()
            if one.newest_at or one.story_count
        },
        "providers": {
            one.domain: (one.page_count, one.newest_at)
            for one in Provider.objects.all()
            if one.newest_at or one.page_count
        },
        "topic days": sorted(
            TopicDay.objects.values_list("topic__key", "day", "number")
        ),
        "provider days": sorted(
            ProviderDay.objects.values_list("provider__domain", "day", "number")
        ),
    }


def plainly() -> dict[str, object]:
    """The same, from all rows in plain Python; the site's zone is taken to be UTC."""
    stories = list(Story.objects.listed())
    pages = list(Page.objects.visible().select_related("provider", "story"))
    of_day = defaultdict(list)
    for page in pages:
        if page.story.lead_id:
            of_day[page.story.first_on].append(page)
    on_topic, of_provider = defaultdict(list), defaultdict(list)
    for label in StoryTopic.objects.select_related("topic"):
        on_topic[label.topic.key].append(label.latest_at)
    for page in pages:
        of_provider[page.provider.domain].append(page.published_at)
    return {
        "totals": (len(stories), max((s.latest_at for s in stories), default=None)),
        "days": sorted((day, *edition(held)) for day, held in of_day.items()),
        "topics": {key: (len(at), max(at)) for key, at in on_topic.items()},
        "providers": {key: (len(at), max(at)) for key, at in of_provider.items()},
        "topic days": by_day(on_topic),
        "provider days": by_day(of_provider),
    }


def edition(pages: list[Page]) -> tuple[int, int, int]:
    stories = {page.story_id for page in pages}
    return len(stories), len(pages), len({page.provider_id for page in pages})


def by_day(held) -> list[tuple[object, ...]]:
    counts = Counter((key, at.date()) for key, times in held.items() for at in times)
    return sorted((*key, number) for key, number in counts.items())


@few
@given(histories(fewest=1, most=6))
def test_after_whatever_happens_kept_counts_are_those_of_plain_counting(history):
    with world():
        for event in history:
            live([event])
            assert kept() == plainly()
            assert recount(mend=False) == 0


def test_counts_follow_what_is_withdrawn_and_published_again():
    many_stories(12)
    settle(now=NOW)
    before = kept()
    some = Page.objects.filter(
        pk__in=list(Page.objects.values_list("pk", flat=True))[::2]
    )
    withdraw(some)
    assert kept() == plainly() != before
    publish(some)
    settle(now=NOW)
    assert kept() == plainly()


def test_counts_of_a_site_that_loses_its_last_story_are_nothing():
    article = make_article(topics=["Ships"])
    settle(now=NOW)
    assert Totals.read() == (1, NOON)
    withdraw(Page.objects.filter(article=article))
    assert Totals.read() == (0, None)
    assert not Day.objects.exists() and not TopicDay.objects.exists()
    assert kept() == plainly()


def test_publishers_are_counted_when_asked_for_while_no_settling_has_counted_them(
    client,
):
    article = make_article(provider="one.example")
    name_page(article, "https://two.example/1", provider="two.example")
    settle(now=NOW)
    page = "/archive/2024/03/01/"
    shown = client.get(page).content
    Day.objects.update(provider_count=None)
    assert client.get(page).content == shown
    assert recount(mend=False) == 0
    settle(now=NOW)
    assert not Day.objects.filter(provider_count=None).exists()
    Day.objects.update(provider_count=77)
    assert b"77 publishers" in client.get(page).content


@pytest.mark.parametrize(
    "spoil",
    [
        lambda: Totals.objects.update(story_count=7),
        lambda: Totals.objects.all().delete(),
        lambda: Day.objects.filter(story_count__gt=0).update(page_count=99),
        lambda: Day.objects.all().delete(),
        lambda: Topic.objects.update(story_count=F("story_count") + 1),
        lambda: Topic.objects.update(newest_at=None),
        lambda: Provider.objects.update(page_count=0),
        lambda: TopicDay.objects.update(number=F("number") + 1),
        lambda: ProviderDay.objects.all().delete(),
        lambda: ProviderDay.objects.update(day="2020-01-01"),
    ],
)
def test_a_wrong_count_is_found_and_mended(spoil, capsys):
    make_article(topics=["Ships"], provider="one.example")
    settle(now=NOW)
    right = kept()
    spoil()
    assert kept() != right
    assert recount(mend=False) > 0
    [found] = count_findings()
    assert "recount" in str(found)
    call_command("recount")
    assert "corrected" in capsys.readouterr().err
    assert kept() == right == plainly()
    call_command("recount")
    told = capsys.readouterr().err
    assert told == "All counts are right.\nAll stories rank as they should.\n"
    assert list(count_findings()) == []


def test_a_story_out_of_its_place_is_found_and_put_back(capsys):
    make_article(quality=100)
    settle(now=NOW)
    right = Story.objects.values("tier", "weight", "score").get()
    Story.objects.update(weight=9.0, score=1.0)
    [found] = count_findings()
    assert "1 story ranked by another rule" in str(found)
    call_command("recount")
    assert "1 story ranked again." in capsys.readouterr().err
    assert Story.objects.values("tier", "weight", "score").get() == right
    assert list(count_findings()) == []


def test_the_migration_fills_the_counts_of_a_site_that_is_there():
    many_stories(12)
    settle(now=NOW)
    right = kept()
    for model in (Totals, Day, TopicDay, ProviderDay):
        model.objects.all().delete()
    Topic.objects.update(story_count=0, newest_at=None)
    Provider.objects.update(page_count=0, newest_at=None)
    filling = import_module("articles.migrations.0017_keep_counts")
    for fill in (filling.count_days, filling.count_topics, filling.count_providers):
        fill(apps, None)
    assert recount(mend=False) == 0
    settle(now=NOW)
    assert kept() == right


def statements(act) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        act()
    return [query["sql"] for query in asked]


def test_one_label_less_counts_no_topic_again():
    """However many stories there are: as many statements, and none that counts them."""
    costs = []
    for stories in (3, 20):
        with world():
            articles = [
                make_article(topics=["Ships"], title=f"{number} {'ab' * number}")
                for number in range(stories)
            ]
            settle(now=NOW)
            page = Page.objects.filter(article=articles[0])
            asked = statements(lambda page=page: withdraw(page))
            counting = [one for one in asked if "COUNT(" in one]
            assert not [one for one in counting if "DISTINCT" not in one]
            costs.append(len(asked))
    assert costs[0] == costs[1]


@of_sqlite
def test_the_newest_of_a_count_is_one_look_into_an_index():
    asked = statements(lambda: [make_article(topics=["Ships"]), settle(now=NOW)])
    for table, index in (
        ("articles_topic", "story_topic_latest (topic_id=?)"),
        ("articles_provider", "page_visible_of_provider (provider_id=?)"),
        ("articles_totals", "story_latest"),
    ):
        newest = [
            one.partition("times: ")[2] or one
            for one in asked
            if f" {table} " in one and "MAX(" in one
        ]
        assert newest
        lines = plan(newest[0].replace("%s", "1"))
        assert any(f"INDEX {index}" in line for line in lines), lines


def test_pages_ask_no_story_how_many_there_are(client):
    """The archive reads days alone; lists, topics and publishers what is kept."""
    many_stories(30)
    settle(now=NOW)
    for address in ("/archive/", "/archive/2024/"):
        asked = statements(lambda address=address: client.get(address))
        assert asked and not any("articles_story" in one for one in asked)
    lists = ("/", "/covered/", "/topics/", "/providers/")
    more = ("/archive/2024/02/", "/archive/2024/03/01/")
    for address in (*lists, *more):
        asked = statements(lambda address=address: client.get(address))
        assert asked and not any("COUNT(" in one for one in asked), address
