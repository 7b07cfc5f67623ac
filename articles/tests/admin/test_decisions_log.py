"""The log of decisions: all of it in words, from where, and nothing to edit."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Decision
from articles.publishing import Actor, edit, publish, undo, withdraw
from articles.tests.make import import_drops, make_drop

from .conftest import EDITORS, member

pytestmark = pytest.mark.django_db
LOG = "/admin/articles/decision/"
MOST = 12


@pytest.fixture
def log(client, db):
    client.force_login(member("edith", (*EDITORS, "view_decision")))
    return client


@pytest.fixture
def article(db) -> Article:
    import_drops({"secret words.txt": make_drop(title="=SECRET() words")})
    return Article.objects.get()


def text_of(answer) -> str:
    return answer.content.decode()


def test_it_says_who_did_what_why_and_where(log, article):
    olga = member("olga", ())
    withdraw(article, by=Actor(olga, "queue", "192.0.2.7"), why="asked to")
    text = text_of(log.get(LOG))
    for said in ("olga", "withdrew “=SECRET() words”", "asked to", "queue, 192.0.2.7"):
        assert said in text
    pk = Decision.objects.get().pk
    assert log.get(f"{LOG}{pk}/change/").status_code == 200


def test_an_undone_one_stays_and_says_by_whom(log, article):
    act = edit(article, {Decision.Kind.HEADLINE: "Other words"})
    undo(act)
    assert "by a script" in text_of(log.get(f"{LOG}?undone=yes"))
    assert "set title of" not in text_of(log.get(f"{LOG}?undone=no"))


def test_nothing_of_it_can_be_changed(log, article):
    withdraw(article)
    pk = Decision.objects.get().pk
    assert log.get(f"{LOG}add/").status_code == 404
    assert log.post(f"{LOG}{pk}/change/", {"why": "x"}).status_code == 403
    assert log.post(f"{LOG}{pk}/delete/", {"post": "yes"}).status_code == 404
    assert Decision.objects.get().why == ""


def test_what_was_forgotten_is_named_by_its_id(log, article):
    withdraw(article)
    id = article.public_id
    call_command("forget", "secret words", "--yes")
    text = text_of(log.get(LOG))
    assert f"article {id}" in text and "SECRET" not in text


def test_it_can_be_taken_along_without_formulas(log, article):
    withdraw(article, why="=1+1")
    publish(article)
    pks = list(Decision.objects.values_list("pk", flat=True))
    sent = {"action": "as_csv", "_selected_action": pks}
    answer = log.post(LOG, sent)
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    header, *lines = csv.reader(io.StringIO(text))
    assert header[:3] == ["When", "Who", "What"]
    assert [line[2] for line in lines] == [
        "published “=SECRET() words”",
        "withdrew “=SECRET() words”",
    ]
    assert lines[1][3] == "'=1+1"


def test_it_asks_as_little_of_many_as_of_few(log, article):
    for _ in range(5):
        withdraw(article)
    costs = []
    for _ in range(2):
        log.get(LOG)
        with CaptureQueriesContext(connection) as asked:
            assert log.get(LOG).status_code == 200
        costs.append(len(asked))
        for _ in range(60):
            publish(article)
    assert costs[0] == costs[1] <= MOST


@pytest.mark.parametrize(
    "query", ["author=olga", "undone=waits", "kind=publish", "q=x", "author=%00"]
)
def test_it_can_be_narrowed(log, article, query):
    withdraw(article)
    assert log.get(f"{LOG}?{query}").status_code in (200, 400)
