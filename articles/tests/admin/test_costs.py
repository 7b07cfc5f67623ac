"""What pages of the desk cost: few queries, however much there is."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article, ImportRun, Page, Topic
from articles.publishing import dismiss, publish, withdraw
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


def test_suggestions_are_worked_out_once(desk, busy_site, monkeypatch):
    monkeypatch.setattr(suggestions, "NEWEST", 20)
    made = []
    work = suggestions.suggestions

    def counting(*given):
        made.append(1)
        return work(*given)

    monkeypatch.setattr(suggestions, "suggestions", counting)
    cache.clear()
    costs = []
    for _ in range(3):
        with CaptureQueriesContext(connection) as asked:
            desk.get(REVIEW)
        costs.append(len(asked))
    assert len(made) == 1
    assert costs[1] == costs[2] <= MOST
    first = costs[0]
    # As many pages more are no more questions, when they are worked out anew.
    bring(coverage(BRIDGE, 9), coverage(FLOOD, 9, linked=3))
    with CaptureQueriesContext(connection) as asked:
        desk.get(REVIEW)
    assert len(made) == 2
    assert len(asked) <= first + 6


def test_earlier_stories_are_looked_at_in_turn(desk, busy_site, monkeypatch):
    monkeypatch.setattr(suggestions, "NEWEST", 3)
    seen: list[int] = []
    after = None
    for _ in range(30):
        some = suggestions._stories(after)[:3]
        seen += [one.pk for one in some]
        after = suggestions.offers(after).earlier
        if after is None:
            break
    listed = suggestions.Story.objects.listed().count()
    assert len(seen) == len(set(seen)) == listed
    text = desk.get(REVIEW).content.decode()
    assert "Look at earlier stories" in text
    assert desk.get(f"{REVIEW}?after={seen[2]}").status_code == 200
    for odd in ("x", "9" * 30, "-1", "\u0662"):
        assert desk.get(REVIEW, {"after": odd}).status_code == 400
