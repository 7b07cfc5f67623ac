"""What an import says to people: its table, what changed, and what is left to do."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError
from django.utils import timezone

from articles.ingest import run
from articles.models import Article, ImportRun
from articles.publishing import withdraw
from articles.tests.make import make_drop

HOME = "https://press.example/home"


@pytest.fixture
def drops(tmp_path: Path) -> Path:
    return tmp_path


def write(folder: Path, **drops: bytes) -> None:
    for name, raw in drops.items():
        (folder / f"{name}.txt").write_bytes(raw)


def counts(said: str) -> dict[str, str]:
    """The rows of the table."""
    return dict(re.findall(r"│ +(\S.*?) +│ +([\d,]+) │", said))


def test_the_table_names_the_run_and_its_time(import_seeds, drops):
    write(drops, a=make_drop())
    said = import_seeds(drops).err
    held = ImportRun.objects.get()
    assert f"Import {held.pk}, {held.started_at:%Y-%m-%d %H:%M} UTC, " in said


def test_second_drops_of_one_page_wait_for_nobody(import_seeds, drops):
    write(drops, **{f"n{n}": make_drop(webUrl=HOME) for n in range(10)})
    for _ in range(2):
        said = import_seeds(drops).err
        assert counts(said)["twins: another drop stands for the same article"] == "9"
        assert "/admin/" not in said and "waits for a decision" in said


def test_what_is_not_listed_is_counted_by_its_true_reason(import_seeds, drops):
    ahead = f"{timezone.now() + timedelta(days=30):%Y-%m-%dT%H:%M:%SZ}"
    write(
        drops,
        listed=make_drop(webUrl=HOME),
        twin=make_drop(webUrl=f"{HOME}?utm_source=x"),
        removed=make_drop(removed=True),
        also_removed=make_drop(removed=True, published=False),
        waiting=make_drop(publishedDateTime=ahead),
        withdrawn=make_drop(),
        unpublished=make_drop(published=False),
        twin_of_nobody=make_drop(webUrl="https://press.example/2", published=False),
        twin_of_a_twin=make_drop(webUrl="https://press.example/2", published=False),
    )
    import_seeds(drops)
    withdraw(Article.objects.get(source_name="withdrawn"))
    answer = import_seeds(drops)
    found = counts(answer.err)
    assert found["listed now"] == "1" and found["not listed"] == "8"
    assert {name: found[name] for name in list(found)[-5:]} == {
        "twins: another drop stands for the same article": "1",
        "withdrawn by an editor": "1",
        "removed, as their drops say": "2",
        "waiting for their date": "1",
        "waiting for a decision": "3",
    }
    assert "3 articles wait for a decision: publish at /admin/." in answer.err


def test_where_all_is_listed_that_is_said_and_nothing_is_counted(import_seeds, drops):
    write(drops, a=make_drop())
    said = import_seeds(drops).err
    assert "Every article is listed." in said and "not listed" not in said


def test_a_folder_without_drops_is_said_to_be_empty(import_seeds, drops):
    answer = import_seeds(drops)
    assert answer.code == 0
    assert f"{drops}: warning: is empty" in answer.err
    assert "No drop was found." in answer.err


def test_changes_are_told_field_by_field_where_more_is_asked_for(import_seeds, drops):
    write(drops, a=make_drop(title="Old words", webUrl=HOME))
    import_seeds(drops)
    write(drops, a=make_drop(title="New words", webUrl=HOME), b=make_drop(title=None))
    would_be = import_seeds(drops, "--dry-run").err
    quiet = json.loads(import_seeds(drops, "--json", "--dry-run").out)
    answer = import_seeds(drops, "-v", "2", "--json")
    for line in ("  title: - Old words", "  title: + New words"):
        assert line in would_be.splitlines() and line in answer.err.splitlines()
    assert "changes" not in json.loads(answer.out)
    assert list(quiet["changes"]) == ["a"]
    assert "title: -" not in import_seeds(drops).err


def test_changes_of_a_drop_that_is_refused_are_not_told(
    import_seeds, drops, monkeypatch
):
    def refusing(*given: object, **more: object) -> None:
        raise IntegrityError("UNIQUE constraint failed")

    monkeypatch.setattr(run, "load_batch", refusing)
    write(drops, a=make_drop(title="Never stored"))
    answer = import_seeds(drops, "-v", "2")
    assert answer.code == 1 and "Never stored" not in answer.err
