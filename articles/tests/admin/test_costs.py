"""What pages of the desk cost: few queries, however much there is."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article, ImportRun, Page, Suggestion, Topic
from articles.publishing import dismiss, lead, merge, publish, split, withdraw
from articles.selectors.desk import suggestions
from articles.settle import settle
from articles.tests.make import NOW, make_article

from .conftest import change
from .events import BRIDGE, FLOOD, bring, coverage, page, pages, story

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/article/"
REVIEW = "/admin/articles/story/review/"
MOST = 12
NARROWED = (
    "",
    "o=8",
    "o=-8",
    "o=1.-5",
    "q=quixano",
    "q=no+such+word",
    "p=1",
    "all=",
    "waiting=editor",
    "waiting=day",
    "decision=any",
    "published__exact=1",
    "drop_published__exact=0",
    "type__exact=article",
    "published_at__year=2024",
    "published_at__year=2024&published_at__month=3",
    "published_at__year=2024&published_at__month=3&published_at__day=1",
    "published_at__gte=2024-01-01+00:00:00Z",
)


@pytest.fixture(autouse=True)
def _with_a_cache(settings):
    """As sites have one: the suite's own has none."""
    backend = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {"default": {"BACKEND": backend}}


@pytest.fixture
def busy_site(db) -> None:
    bring(coverage(BRIDGE, 4), coverage(FLOOD, 5, linked=3))
    for number in range(20):
        make_article(
            title=f"Alone {number}", topics=["AI"], provider=f"p{number}.example"
        )
    settle(now=NOW)
    withdraw(page(BRIDGE, 1))
    publish(page(FLOOD, 1))
    dismiss("split", *pages(BRIDGE, 0, 2))


def cost(desk, path: str) -> list[str]:
    desk.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert desk.get(path).status_code == 200, path
    return [one["sql"] for one in asked.captured_queries]


def test_every_page_asks_little(desk, busy_site):
    article, run = Article.objects.first(), ImportRun.objects.first()
    paths = [f"{LIST}?{query}" for query in NARROWED]
    paths += [f"{LIST}?topics__id__exact={Topic.objects.get(name='AI').pk}"]
    paths += [f"{LIST}{article.pk}/{name}/" for name in ("change", "history", "drop")]
    paths += [
        f"/admin/articles/{model}/{query}"
        for model in ("page", "story", "importrun")
        for query in ("", "?q=quixano", "?o=1", "?p=1")
    ]
    paths += ["/admin/articles/page/?drop=no", "/admin/articles/story/?readers=no"]
    paths += [f"/admin/articles/page/{page(BRIDGE).pk}/change/"]
    paths += [change(story(BRIDGE)), REVIEW]
    paths += [f"/admin/articles/importrun/{run.pk}/{n}/" for n in ("change", "history")]
    costs = {path: len(cost(desk, path)) for path in paths}
    # The page of an article is several lists, each of them bounded.
    of_one = f"{LIST}{article.pk}/change/"
    assert costs.pop(of_one) <= MOST + 2
    assert {path: asked for path, asked in costs.items() if asked > MOST} == {}


def test_a_large_story_asks_as_little_as_a_small_one(desk, busy_site):
    of = story(BRIDGE)
    small = len(cost(desk, change(of)))
    for number in range(170):
        alone = make_article(title=f"More {number}", provider=f"p{number}.example")
        Page.objects.filter(pk=alone.page_id).update(
            story=of, published_at=alone.published_at, provider=alone.provider
        )
    text = desk.get(change(of)).content.decode()
    assert text.count('type="checkbox"') == 174
    assert len(cost(desk, change(of))) == small <= MOST


def test_the_list_counts_what_it_shows_and_no_more(desk, busy_site):
    for query in ("", "o=3", "q=alone"):
        for sql in cost(desk, f"{LIST}?{query}"):
            if "articles_mention" in sql:
                assert "IN (" in sql and "JOIN" not in sql
    for sql in cost(desk, LIST):
        assert "django_datetime_trunc" not in sql
        assert "featured_content" not in sql


def plan(sql: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return "; ".join(row[-1] for row in cursor.fetchall())


@pytest.mark.skipif(connection.vendor != "sqlite", reason="plans of SQLite")
def test_the_list_reads_its_rows_in_order_and_looks_up_the_rest(desk, busy_site):
    asked = cost(desk, LIST)
    rows = [one for one in asked if '"articles_article"."title"' in one]
    assert rows
    for sql in rows:
        assert "article_newest" in plan(sql) and "TEMP B-TREE" not in plan(sql)
    [mentions] = [one for one in asked if "articles_mention" in one]
    assert plan(mentions).startswith("SEARCH")
    [newest] = [one for one in asked if "MAX" in one and "articles_decision" in one]
    assert plan(newest).startswith("SEARCH")


def test_the_list_says_how_many_articles_each_names(desk, busy_site):
    lines = desk.get(LIST).context["cl"].lines
    named = {one.pk: one.related_links.count() for one in Article.objects.all()}
    assert {line.pk: line.related for line in lines} == named
    assert max(named.values()) > 0


def many_suggestions(stories: int) -> None:
    """Stories that have nothing in common, each suggested to be one with another."""
    made = [
        make_article(title=f"Many {number}", provider=f"m{number}.example")
        for number in range(2 * stories)
    ]
    settle(now=NOW)
    pks = [Page.objects.get(pk=one.page_id).story_id for one in made]
    Suggestion.objects.bulk_create(
        Suggestion(
            kind="merge",
            reason="alike",
            story_id=one,
            other_id=other,
            likeness=0.5,
            silence_hours=0,
            publishers=2 + number % 7,
            strength=0.5,
            answered=number % 5 == 0,
        )
        for number, (one, other) in enumerate(zip(pks[::2], pks[1::2], strict=True))
    )


def test_the_review_asks_as_little_for_four_times_as_much(desk, busy_site, monkeypatch):
    monkeypatch.setattr(suggestions, "SHOWN", 5)
    edith = User.objects.get(username="edith")
    edith.groups.add(Group.objects.create(name="who has rights by a group"))
    merge([story(BRIDGE), story(FLOOD)])
    split(pages(FLOOD, 0, 1))
    lead(page(BRIDGE, 2))
    shows = ("", "merge", "split", "contradictions", "dismissed")
    many_suggestions(10)
    few = {show: len(cost(desk, f"{REVIEW}?show={show}")) for show in shows}
    many_suggestions(30)
    many = {show: len(cost(desk, f"{REVIEW}?show={show}")) for show in shows}
    assert many == few
    assert {show: asked for show, asked in many.items() if asked > MOST} == {}


def test_the_review_goes_through_all_suggestions_in_turn(desk, busy_site, monkeypatch):
    monkeypatch.setattr(suggestions, "SHOWN", 7)
    many_suggestions(20)
    seen: list[tuple] = []
    before = None
    for _ in range(10):
        found = suggestions.offers(before=before)
        seen += [(one.publishers, one.one.story) for one in found.shown]
        before = found.before
        if before is None:
            break
    assert len(seen) == len(set(seen)) == suggestions.open_suggestions().count() >= 16
    assert [rank for rank, _ in seen] == sorted((r for r, _ in seen), reverse=True)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="plans of SQLite")
@pytest.mark.parametrize(
    ("show", "index"),
    [("", "suggestion_top"), ("merge", "suggestion_top_of_kind")],
)
def test_the_review_reads_its_rows_in_order(desk, busy_site, show, index):
    many_suggestions(40)
    before = desk.get(REVIEW, {"show": show}).context["before"]
    for path in ("", f"&before={before}"):
        asked = cost(desk, f"{REVIEW}?show={show}{path}")
        [rows] = [one for one in asked if "articles_suggestion" in one]
        first, *beside = plan(rows).split("; ")
        assert index in first.split() and "TEMP B-TREE" not in plan(rows)
        assert all(one.startswith("SEARCH") for one in beside)
