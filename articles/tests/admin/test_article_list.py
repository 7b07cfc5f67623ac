"""The list of articles: its filters, its words, and how little it looks at."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.admin import deciding
from articles.models import Article, Decision, ImportRun, Provider, Topic
from articles.publishing import publish, withdraw
from articles.selectors.desk import articles as listed
from articles.settle import settle
from articles.tests.make import NOW, import_drops, make_article, make_drop

from .browser import acting, forms_on, opened, ticked
from .conftest import member
from .test_costs import plan

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/article/"
AHEAD = (timezone.now() + timedelta(days=9)).strftime("%Y-%m-%dT%H:%M:%SZ")


def titles(desk, query: str) -> set[str]:
    return {one.title for one in desk.get(f"{LIST}?{query}").context["cl"].result_list}


def words(desk) -> dict[str, str]:
    lines = desk.get(LIST).context["cl"].lines
    return {line.title: line.standing.words for line in lines}


@pytest.fixture
def one_of_each(db) -> None:
    import_drops(
        {
            "a.txt": make_drop(title="Ahead", publishedDateTime=AHEAD),
            "b.txt": make_drop(title="Waits", published=False),
            "c.txt": make_drop(title="Listed"),
            "d.txt": make_drop(title="Taken"),
            "e.txt": make_drop(title="Chosen", published=False),
            "f.txt": make_drop(title="Removed", removed=True),
        }
    )
    paul = User.objects.create_user("paul")
    withdraw(Article.objects.get(title="Taken"), by=paul)
    publish(Article.objects.get(title="Chosen"), by=paul)


def test_each_row_says_in_words_how_it_stands(desk, one_of_each):
    assert words(desk) == {
        "Ahead": "dated ahead",
        "Waits": "waiting",
        "Listed": "published",
        "Taken": "withdrawn by paul",
        "Chosen": "published by paul",
        "Removed": "removed by its drop",
    }
    text = desk.get(LIST).content.decode()
    assert all(said in text for said in words(desk).values())


def test_the_latest_decision_says_who_decided(desk, one_of_each):
    article = Article.objects.get(title="Taken")
    publish(article, by=User.objects.create_user("vera"))
    assert words(desk)["Taken"] == "published by vera"


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("publisher=one.example", {"A"}),
        ("publisher=www.ONE.example", {"A"}),
        ("publisher=First+Paper", {"A"}),
        ("publisher=none.example", set()),
        ("topic=ai", {"A", "C"}),
        ("topic=AI", {"A", "C"}),
        ("topic=no-such", set()),
        ("picture=yes", {"B"}),
        ("picture=no", {"A", "C"}),
        ("quality=75", {"A"}),
        ("quality=100", {"B"}),
        ("quality=none", {"C"}),
        ("type=article", {"A", "B", "C"}),
        ("type=video", set()),
        ("since=2024-03-02", {"B", "C"}),
        ("until=2024-03-02", {"A", "B"}),
        ("since=2024-03-02&until=2024-03-02", {"B"}),
        ("published_at__year=2024&published_at__month=3&published_at__day=2", {"B"}),
        ("published_at__year=2023", set()),
        ("by=paul", {"B"}),
        ("by=nobody", set()),
        ("topic=ai&quality=75", {"A"}),
        ("topic=ai&publisher=one.example&picture=no&since=2024-01-01&o=-6", {"A"}),
        ("decision=withdraw&topic=ai", set()),
        ("published=0", {"B"}),
        ("published__exact=1", {"A", "C"}),
        ("q=B", {"B"}),
    ],
)
def test_the_list_is_narrowed(desk, query, wanted):
    day = timedelta(days=1)
    first = timezone.datetime(2024, 3, 1, 12, tzinfo=timezone.get_current_timezone())
    make_article(
        title="A",
        topics=["AI"],
        provider="one.example",
        quality=80,
        published_at=first,
        excerpt="",
    )
    other = make_article(
        title="B",
        provider="two.example",
        image="https://img.example/1.jpg",
        quality=150,
        published_at=first + day,
        excerpt="",
    )
    make_article(
        title="C",
        topics=["AI"],
        provider="three.example",
        quality=None,
        published_at=first + 2 * day,
        excerpt="",
    )
    Article.objects.update(type="article", url="")
    settle(now=NOW)
    Provider.objects.filter(domain="one.example").update(name="First Paper")
    withdraw(other, by=User.objects.create_user("paul"))
    assert titles(desk, query) == wanted


def test_the_run_is_the_one_that_brought_the_current_version(desk):
    import_drops({"a.txt": make_drop(title="One"), "b.txt": make_drop(title="Two")})
    import_drops({"a.txt": make_drop(title="One anew")})
    first, second = ImportRun.objects.order_by("pk")
    assert titles(desk, f"run={first.pk}") == {"Two"}
    assert titles(desk, f"run={second.pk}") == {"One anew"}
    assert titles(desk, f"run={second.pk}&quality=none&o=1") <= {"One anew"}


def test_what_is_narrowed_to_stands_there_with_the_way_out(desk):
    topic = make_article(title="A", topics=["AI"]).topics.get()
    for query in (f"topics__id__exact={topic.pk}", "topic=ai"):
        lists = desk.get(f"{LIST}?{query}&quality=none&o=5").context["cl"]
        [chip, other] = sorted(lists.chips(), reverse=True)
        assert chip[:2] == ("Topic", "ai") and "topic" not in chip[2]
        assert other[:2] == ("Quality", "not given") and "quality" not in other[2]
        assert lists.kept() == [("o", "5")]


@pytest.mark.parametrize(
    "query", ["quality=x", "since=2024-13-01", "run=x", "run=-1", "zebra=1", "id__in=1"]
)
def test_a_filter_that_cannot_be_is_said_to_be_none(desk, query):
    answer = desk.get(f"{LIST}?{query}", follow=True)
    assert "cannot be filtered by that" in answer.content.decode()


def test_only_so_many_of_the_newest_are_looked_at_and_it_is_said(desk, monkeypatch):
    monkeypatch.setattr(listed, "LOOKED_AT", 3)
    for number in range(5):
        make_article(
            title=f"N{number}",
            quality=90 - number,
            published_at=NOW + timedelta(number),
        )
    assert titles(desk, "o=-5") == {"N2", "N3", "N4"}
    assert "among the newest" in desk.get(f"{LIST}?o=-5").content.decode()
    # Along an index there is no end to what is found.
    assert len(titles(desk, "")) == 5
    assert "among the newest" not in desk.get(LIST).content.decode()


def test_nothing_matches_is_said(desk):
    assert "Nothing matches." in desk.get(f"{LIST}?q=zebra").content.decode()


LED = [
    ("published=1", "article_read"),
    ("published=0", "article_read"),
    ("decision=withdraw", "article_decided"),
    ("decision=publish", "article_decided"),
    ("waiting=any", "article_undecided"),
    ("waiting=day", "article_waiting article_undecided"),
    ("publisher=p1.example", "article_of_provider"),
    ("topic=ai", "article_topic_newest"),
    ("run=1", "dropversion_import_run"),
    ("since=2024-01-01", "article_newest"),
    ("by=edith", "article_newest"),
    ("quality=75", "article_newest"),
    ("decision=withdraw&quality=75", "article_decided"),
    ("publisher=p1.example&picture=yes", "article_of_provider"),
]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="plans of SQLite")
@pytest.mark.parametrize(("query", "index"), LED)
def test_an_index_leads_to_what_is_asked_for(desk, query, index):
    for number in range(5):
        make_article(topics=["AI"], provider=f"p{number}.example")
    settle(now=NOW)
    with CaptureQueriesContext(connection) as asked:
        assert desk.get(f"{LIST}?{query}").status_code == 200
    ours = [
        one["sql"]
        for one in asked.captured_queries
        if 'FROM "articles_article"' in one["sql"] and "LIMIT" in one["sql"]
    ]
    assert ours
    for sql in ours:
        # A table is gone through along an index, and no further than a limit.
        steps = [step for step in plan(sql).split("; ") if "SCAN" in step]
        assert all("INDEX" in s or "subquery" in s for s in steps), plan(sql)
        if "COUNT(*)" not in sql:
            assert any(name in plan(sql) for name in index.split()), plan(sql)


def test_a_hundred_rows_stand_on_a_page_and_cost_no_more_than_few(desk):
    costs = []
    for size in (20, 130):
        for number in range(size):
            make_article(topics=["AI"], provider=f"p{size}{number}.example")
        settle(now=NOW)
        for query in ("", "quality=none", "o=1", "topic=ai&waiting=editor"):
            with CaptureQueriesContext(connection) as asked:
                assert desk.get(f"{LIST}?{query}").status_code == 200
            costs.append(len(asked))
    assert costs[:4] == costs[4:] or max(costs) <= 12
    assert len(desk.get(LIST).context["cl"].result_list) == 100
    assert len(desk.get(f"{LIST}?p=2").context["cl"].result_list) == 50


def test_all_that_match_are_chosen_without_a_script(desk):
    import_drops({f"{n}.txt": make_drop(published=False) for n in "abc"})
    form = acting(opened(desk, LIST), "publish_selected", [], select_across="1")
    form.pop("_selected_action")
    asked = desk.post(LIST, form)
    assert "Publish 3 articles?" in asked.content.decode()
    assert not Decision.objects.exists()


def test_more_than_fifty_are_asked_about(desk):
    assert deciding.MANY == 50


def test_what_changed_meanwhile_is_counted_once_for_all_steps(desk, monkeypatch):
    monkeypatch.setattr("articles.admin.deciding.MANY", 2)
    monkeypatch.setattr("articles.admin.readers.MANY", 2)
    monkeypatch.setattr("articles.admin.deciding.NAMED", 1)
    names = "abcdef"
    import_drops({f"{n}.txt": make_drop(title=n, published=False) for n in names})
    pks = Article.objects.order_by("pk").values_list("pk", flat=True)
    asked = desk.post(LIST, acting(opened(desk, LIST), "publish_selected", pks))
    again = next(one for one in forms_on(asked.content.decode()) if "shown" in one)
    paul = User.objects.create_user("paul")
    for name in "ace":
        withdraw(Article.objects.get(title=name), by=paul)
    answer = desk.post(LIST, again | {"sure": "yes"}, follow=True)
    said = [str(one) for one in answer.context["messages"]]
    assert said[-1] == "3 published."
    assert "2 more rows also stayed as they were." in said
    assert LogEntry.objects.filter(change_message="published").count() == 3


def test_the_switch_is_only_there_for_who_may_decide(client, one_of_each):

    client.force_login(member("vera", ["view_article"]))
    text = client.get(LIST).content.decode()
    assert "desk-switch" not in text and "_save" not in text
    assert "download_selected" in text and "publish_selected" not in text
    sent = ticked(opened(client, LIST), {Article.objects.first().pk: True})
    assert client.post(LIST, sent).status_code == 403


def test_suggestions_are_the_largest(desk):
    make_article(topics=["AI"], provider="p.example")
    Topic.objects.update(story_count=3)
    text = desk.get(LIST).content.decode()
    assert '<option value="ai">AI</option>' in text
    assert '<option value="p.example">' in text


@pytest.mark.parametrize(
    ("images", "waits", "listed_one"),
    [
        ("direct", "https://img.example/1.jpg", "https://img.example/1.jpg"),
        ("proxy", "/admin/queue/pictures/", "/pictures/"),
        ("off", "", ""),
    ],
)
def test_each_row_has_its_picture_whether_readers_get_it(
    desk, settings, images, waits, listed_one
):
    picture = {"images": [{"url": "https://img.example/1.jpg"}]}
    import_drops(
        {
            "a.txt": make_drop(title="Waits", published=False, **picture),
            "b.txt": make_drop(title="Listed", **picture),
        }
    )
    settings.IMAGES = images
    settings.PICTURES_KEY = "key"
    asked = {line.title: line.thumb for line in desk.get(LIST).context["cl"].lines}
    for title, begins in (("Waits", waits), ("Listed", listed_one)):
        assert asked[title].startswith(begins) and bool(asked[title]) == bool(begins)
