"""Rereading goes together with undoing, forgetting, deciding and importing."""

from __future__ import annotations

import json

import pytest

from articles.ingest.undoing.forget import forget
from articles.ingest.undoing.undo import redo_run, undo_run
from articles.models import Article, ImportRun, Page
from articles.tests.make import NOW, import_drops, make_drop

from .arrivals import WHO
from .newer_rules import (
    drops_with_lists,
    imported_afresh,
    read_again,
    shouted_titles,
)
from .state import assert_same, site_state
from .worlds import Verdict, decide

pytestmark = pytest.mark.django_db


def test_undone_sources_stay_away_and_come_back_by_the_new_rules(db):
    first, second = make_drop(title="Old"), make_drop(title="New")
    import_drops({"a.txt": first})
    report = import_drops({"a.txt": second, "b.txt": make_drop(title="Only")})
    run = ImportRun.objects.get(pk=report.import_run)
    undo_run(run, **WHO)
    with shouted_titles():
        read_again()
        assert [held.title for held in Article.objects.all()] == ["OLD"]
        redo_run(run, **WHO)
        held = Article.objects.order_by("source_name")
        assert [one.title for one in held] == ["NEW", "ONLY"]
        assert not Article.objects.read_by_other_rules().exists()


@pytest.mark.django_db(transaction=True)
def test_forgotten_sources_stay_forgotten():
    drops = drops_with_lists(2)
    import_drops(drops)
    forget("0", **WHO)
    with shouted_titles():
        assert read_again()[0].read == 3
    assert not Article.objects.filter(source_name="0").exists()


def test_what_editors_decided_stands(db):
    import_drops(drops_with_lists(3))
    decide(Verdict("withdraw", "1"), now=NOW)
    decide(Verdict("publish", "0"), now=NOW)
    with shouted_titles():
        read_again()
    assert Page.objects.get(article__source_name="1").is_withdrawn
    assert not Article.objects.get(source_name="1").published
    assert Article.objects.get(source_name="0").published


def test_an_import_while_a_reread_is_due_reads_shared_wordings_anew(db):
    drops = drops_with_lists()
    expected = imported_afresh(drops, shouted_titles)
    import_drops({name: raw for name, raw in drops.items() if name != "5.txt"})
    with shouted_titles():
        import_drops(drops)
        read_again()
    assert_same(expected, site_state())


def test_an_import_says_when_a_reread_is_due(import_seeds, seeds):
    assert "reread" not in import_seeds("--json", seeds).out
    with shouted_titles():
        due = import_seeds("--json", seeds)
        assert json.loads(due.out)["reread_due"] == 5
        assert due.err.strip().endswith(
            "5 articles were read by older rules: run manage.py reread_drops"
        )
        read_again()
        again = import_seeds("--json", seeds)
    assert "reread" not in again.out + again.err
