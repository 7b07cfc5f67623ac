"""The first page of the desk: each count leads to exactly what it counts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import ImportRun, QueuedStory
from articles.publishing import publish, publish_at, withdraw
from articles.selectors.desk import overview
from articles.settle import settle
from articles.tests.make import import_drops, make_article, make_drop, name_page
from articles.tests.plans import of_sqlite, plan_of

from .conftest import EDITORS, member

pytestmark = pytest.mark.django_db
MOST = 12


@pytest.fixture
def piled(db) -> None:
    """Something of each kind, and a different number of each."""
    now = timezone.now()
    url = "https://example.com/changed"
    import_drops({"changed": make_drop(webUrl=url, published=False)}, now=now)
    import_drops({"broken": b"no drop at all"}, now=now)
    articles = [make_article(published=False) for _ in range(9)]
    for _ in range(2):
        make_article(published_at=now + timedelta(days=9))
    settle(now=now)
    for one in articles[:3]:
        publish(one)
    publish_at(articles[3:7], now + timedelta(days=1))
    linked = [name_page(articles[0], f"https://linked.example/{n}") for n in range(5)]
    settle(now=now)
    withdraw(linked)
    changed = overview.Article.objects.get(source_name="changed")
    publish(changed)
    later = now + timedelta(minutes=5)
    drop = make_drop(webUrl=url, published=False, title="It says something else")
    import_drops({"changed": drop}, now=later)


def entries(client) -> dict[str, overview.Any]:
    return {one.title: one for one in client.get("/admin/").context["entries"]}


def test_each_count_leads_to_exactly_its_list(desk, piled):
    desk.force_login(member("chief", (*EDITORS, "view_decision")))
    found = entries(desk)
    assert {title: one.number for title, one in found.items()} == {
        "Waiting": "6",
        "Published today": "4",
        "Changed since publication": "1",
        "Dated ahead": "2",
        "Planned": "4",
        "Withdrawn linked articles": "5",
        "Imports with problems": "1",
        "Contradictions": "0",
        "Possible duplicates": "0",
    }
    for title, one in found.items():
        answer = desk.get(one.address)
        assert answer.status_code == 200
        if title == "Waiting":
            assert len(answer.context["rows"]) == QueuedStory.objects.count() == 6
        elif title in ("Contradictions", "Possible duplicates"):
            assert one.number == "0"
        else:
            assert str(len(answer.context["lines"])) == one.number
            assert f"{one.number} {one.noun}" in answer.content.decode()


def test_nobody_is_told_what_he_may_not_see(client, piled):
    def told(*granted: str) -> set[str]:
        client.force_login(member("-".join(granted) or "none", granted))
        return set(entries(client))

    assert told() == set()
    assert told("view_importrun") == {"Imports with problems"}
    assert told("view_page") == {"Withdrawn linked articles"}
    assert "Planned" not in told("view_article")
    assert "Planned" in told("view_article", "view_decision")
    for name, pile in overview.PILES.items():
        answer = client.get(f"/admin/lists/{name}/")
        seen = set(pile.needs) <= {"articles.view_article", "articles.view_decision"}
        assert answer.status_code == (200 if seen else 403)


def test_the_page_asks_little_however_much_there_is(desk, piled):
    def cost(path: str) -> int:
        desk.get(path)
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(path).status_code == 200
        return len(asked)

    paths = ["/admin/", *(f"/admin/lists/{name}/" for name in overview.PILES)]
    paths.remove("/admin/lists/planned/")
    few = {path: cost(path) for path in paths}
    more = [make_article(published=False) for _ in range(20)]
    settle(now=timezone.now())
    publish(more)
    assert {path: cost(path) for path in paths} == few
    assert max(few.values()) <= MOST


def test_counts_end_somewhere(desk, piled, monkeypatch):
    monkeypatch.setattr(overview, "MOST", 3)
    assert entries(desk)["Published today"].number == "3+"


def test_problems_of_older_imports_are_left_alone(desk, piled):
    for _ in range(overview.LATEST_RUNS):
        ImportRun.objects.create(started_at=timezone.now())
    assert entries(desk)["Imports with problems"].number == "0"


@of_sqlite
def test_decisions_are_found_by_what_they_name(db):
    """By their kind, all there are would be looked at for each article."""
    lines = "; ".join(plan_of(overview.changed_since()))
    assert "articles_decision_source_name" in lines and "decision_kind" not in lines
