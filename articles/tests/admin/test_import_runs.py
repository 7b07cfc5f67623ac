"""Import runs at the desk: counts and problems to read, and a run to undo."""

from __future__ import annotations

import fcntl
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from articles.models import Article, Decision, ImportRun
from articles.tests.make import BAD, NOW, import_drops, make_drop

from .browser import opened
from .conftest import EDITORS, member, messages

pytestmark = pytest.mark.django_db
OLD, NEW = (
    make_drop(title=title, webUrl="https://p.example/a") for title in ("Old", "New")
)


def run_of(now=NOW, **drops: bytes) -> ImportRun:
    report = import_drops({f"{name}.txt": raw for name, raw in drops.items()}, now=now)
    return ImportRun.objects.get(pk=report.import_run)


def shown(run: ImportRun) -> str:
    return f"/admin/articles/importrun/{run.pk}/change/"


def undoing(run: ImportRun) -> str:
    return f"/admin/articles/importrun/{run.pk}/undo/"


@pytest.fixture
def operator(client, db):
    client.force_login(member("olga", (*EDITORS, "change_importrun")))
    return client


def test_a_run_shows_its_counts_problems_and_versions(desk):
    run = run_of(good=OLD, bad=BAD)
    text = desk.get(shown(run)).content.decode()
    for words in ("bad.txt", "title", "error", "good.txt", "1 version.", "rejected"):
        assert words in text, words
    assert "Undo this run" not in text


def test_a_run_is_undone_after_a_question_and_that_taken_back(operator):
    run_of(a=OLD)
    run = run_of(a=NEW, now=NOW + timedelta(hours=1))
    assert "Undo this run" in operator.get(shown(run)).content.decode()
    asked = operator.get(undoing(run)).content.decode()
    assert "falls back" in asked and "a.txt" in asked
    assert Article.objects.get().title == "New"
    said = messages(operator.post(undoing(run), {"why": "broken"}, follow=True))
    assert said == ["1 sources: their versions are set aside."]
    assert Article.objects.get().title == "Old"
    made = Decision.objects.get()
    assert (made.kind, made.author, made.why) == ("set_aside", "olga", "broken")
    text = operator.get(shown(run)).content.decode()
    assert "Redo this run" in text and "1 of them set aside" in text
    operator.post(undoing(run), {"back": "1"})
    assert Article.objects.get().title == "New"


def test_while_an_import_runs_nothing_is_undone(operator):
    run = run_of(a=OLD)
    with (Path(settings.VAR_DIR) / "import.lock").open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        [said] = messages(operator.post(undoing(run), follow=True))
    assert said.startswith("Another import runs")
    assert not Decision.objects.exists()


def test_editors_do_not_undo_runs(desk):
    run = run_of(a=OLD)
    assert desk.get(undoing(run)).status_code == 403
    assert desk.post(undoing(run)).status_code == 403
    assert not Decision.objects.exists()


def test_odd_runs_are_shown(operator):
    bare = ImportRun.objects.create(started_at=NOW)
    odd = ImportRun.objects.create(
        started_at=NOW, problems=[{}, {"path": "<script>"}, {"line": 0}]
    )
    assert "did not finish" in operator.get(shown(bare)).content.decode()
    assert (
        "<script>"
        not in operator.get(shown(odd)).content.decode().partition("Problems")[2]
    )
    assert operator.get(undoing(bare)).status_code == 200
    assert operator.get("/admin/articles/importrun/").status_code == 200
    for path in (
        "/admin/articles/importrun/99/change/",
        "/admin/articles/importrun/99/undo/",
    ):
        assert messages(operator.get(path, follow=True)) == [
            "This import run no longer exists."
        ]


def test_a_run_that_another_undid_is_not_undone_twice(operator):
    run_of(a=OLD)
    run = run_of(a=NEW, now=NOW + timedelta(hours=1))
    form = opened(operator, undoing(run))
    operator.post(undoing(run), form)
    made = Decision.objects.count()
    [_, said] = messages(operator.post(undoing(run), form, follow=True))
    assert said.startswith("Nothing was changed")
    assert Decision.objects.count() == made
