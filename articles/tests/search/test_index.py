"""The index holds the visible pages as readers see them, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.ingest.undoing.forget import forget
from articles.ingest.undoing.undo import redo_run, undo_run
from articles.models import Article, ImportRun, Page, Provider, SearchEntry
from articles.publishing import publish, withdraw
from articles.rules.time_ordered_id import time_ordered_id
from articles.search import index, matching, reindex
from articles.settle import settle
from articles.tests.ingest.state import tables_holding
from articles.tests.make import (
    NOON,
    NOW,
    import_drops,
    make_article,
    make_drop,
    name_page,
    related_entry,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="reads SQLite's tables"),
]


def held() -> dict[int, tuple[str, ...]]:
    """The words held of each page; None for words without an entry."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.page_id, w.* FROM articles_searchtext w"
            " LEFT JOIN articles_searchentry e ON e.id = w.rowid"
        )
        rows = cursor.fetchall()
    return {row[0]: row[1:] for row in rows}


def visible() -> set[int]:
    return set(Page.objects.visible().values_list("pk", flat=True))


def found(words: str) -> set[str]:
    pages = matching(words, Page.objects.visible())
    return set(pages.values_list("title", flat=True))


def test_it_holds_exactly_the_visible_pages():
    lead = make_article(title="Ferry sails")
    name_page(lead, "https://elsewhere.example/1")
    make_article(published=False)
    settle(now=NOW)
    assert len(held()) == 2
    assert held().keys() == visible()
    assert SearchEntry.objects.count() == 2


def test_what_is_withdrawn_is_gone_with_the_click_and_comes_back():
    article = make_article(title="Quokka greets ferry")
    settle(now=NOW)
    before = held()
    withdraw(article)
    assert held() == {}
    assert SearchEntry.objects.count() == 0
    assert found("quokka") == set()
    publish(article)
    assert held() == before


def test_new_words_take_the_place_of_old_ones():
    import_drops({"a.txt": make_drop(title="Ferry sails", webUrl="https://a.example/")})
    assert found("ferry") == {"Ferry sails"}
    import_drops({"a.txt": make_drop(title="Crane sinks", webUrl="https://a.example/")})
    assert (found("ferry"), found("crane")) == (set(), {"Crane sinks"})
    assert len(held()) == 1


def test_another_time_is_another_place():
    article = make_article(title="Ferry sails")
    settle(now=NOW)
    first = SearchEntry.objects.get().pk
    later = NOON + timedelta(hours=1)
    Article.objects.filter(pk=article.pk).update(published_at=later)
    Page.objects.update(stale=2)
    settle(now=NOW)
    entry = SearchEntry.objects.get()
    assert entry.pk > first
    assert entry.pk == time_ordered_id(later, entry.page.canonical_url)
    assert len(held()) == 1


def test_what_is_as_it_was_is_not_written_again():
    make_article(title="Ferry sails")
    settle(now=NOW)
    Page.objects.update(stale=2)
    with CaptureQueriesContext(connection) as asked:
        settle(now=NOW)
    written = [q["sql"] for q in asked if not q["sql"].startswith("SELECT")]
    assert not any("search" in sql for sql in written)


def test_a_new_name_of_a_publisher_is_found_with_all_its_pages():
    def drop(name: str, day: int) -> bytes:
        return make_drop(
            title=f"Ferry {day}",
            provider={"name": name, "domain": "gazette.example"},
            webUrl=f"https://gazette.example/{day}",
            publishedDateTime=f"2024-03-{day:02}T12:00:00Z",
        )

    import_drops({"1.txt": drop("Old Gazette", 1)})
    import_drops({"2.txt": drop("Quokka Times", 2)})
    assert found("quokka ferry") == {"Ferry 1", "Ferry 2"}
    assert found('"old gazette"') == set()
    run = ImportRun.objects.latest("pk")
    undo_run(run, author="olga", why="", now=NOW)
    assert found("gazette") == {"Ferry 1"}
    redo_run(run, author="olga", why="", now=NOW)
    assert found("quokka") == {"Ferry 1", "Ferry 2"}
    assert Provider.objects.get().name == "Quokka Times"


def test_deleted_pages_leave_nothing():
    linked = related_entry("https://elsewhere.example/1", title="Quokka")
    url = "https://a.example/"
    import_drops({"a.txt": make_drop(webUrl=url, related=[linked])})
    assert found("quokka") == {"Quokka"}
    import_drops({"a.txt": make_drop(webUrl=url)})
    assert not Page.objects.filter(title="Quokka").exists()
    assert held().keys() == visible()


def test_rows_deleted_by_whomever_leave_nothing():
    make_article(title="Quokka")
    settle(now=NOW)
    SearchEntry.objects.all().delete()
    assert held() == {}


@pytest.mark.django_db(transaction=True)
def test_forgetting_leaves_no_word_in_the_database():
    import_drops(
        {
            "a.txt": make_drop(title="Quokkamarine", webUrl="https://a.example/"),
            "b.txt": make_drop(title="Ferry", webUrl="https://b.example/"),
        }
    )
    assert "articles_searchtext" in tables_holding("quokkamarin")
    forget("a", author="olga", why="", now=NOW)
    assert tables_holding("quokkamarin") == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT block FROM articles_searchtext_data")
        assert not any(b"okkamarin" in row[0] for row in cursor.fetchall())
    assert found("ferry") == {"Ferry"}


def test_the_command_builds_all_of_it_again(capsys):
    make_article(title="Ferry sails")
    settle(now=NOW)
    before = held()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM articles_searchtext")
    call_command("reindex_search")
    assert capsys.readouterr().err == "1 article indexed.\n"
    assert held() == before
    SearchEntry.objects.all().delete()
    assert reindex() == 1
    assert held() == before


def test_indexing_page_by_page_gives_what_indexing_all_gives(seeded):
    before = held()
    SearchEntry.objects.all().delete()
    for page in sorted(visible(), reverse=True):
        index([page])
    assert held() == before


def test_pages_of_one_second_and_hash_have_places_of_their_own(monkeypatch):
    monkeypatch.setattr("articles.search.entries.time_ordered_id", lambda at, name: 7)
    for number in range(3):
        make_article(title=f"Ferry {number}")
        settle(now=NOW)
    make_article(title="Ferry 3"), make_article(title="Ferry 4")
    settle(now=NOW)
    places = sorted(SearchEntry.objects.values_list("pk", flat=True))
    assert places == [7, 8, 9, 10, 11]
    assert len(found("ferry")) == 5


@pytest.mark.parametrize("year", [1, 1500, 1903, 1969, 1970, 2024, 2199, 9999])
def test_pages_of_any_time_can_be_found(year):
    make_article(title="Ferry", published_at=datetime(year, 1, 2, tzinfo=UTC))
    settle(now=datetime(9999, 12, 1, tzinfo=UTC))
    assert found("ferry") == {"Ferry"}
    assert 0 <= SearchEntry.objects.get().pk < 2**63


def test_places_grow_with_time():
    times = [
        datetime(year, 1, 2, tzinfo=UTC) for year in (1700, 1969, 1970, 2020, 2241)
    ]
    places = [time_ordered_id(at, "same") for at in times]
    assert places == sorted(places)
    assert time_ordered_id(NOON, "a") != time_ordered_id(NOON, "b")
