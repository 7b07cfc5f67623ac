"""Drops read again by newer rules end in what a fresh import would give."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from articles.drops import drop as drop_rules
from articles.ingest import reread
from articles.ingest.lock import import_lock
from articles.ingest.storing import article_rows
from articles.models import Article, Page, RelatedLink, Stale
from articles.tests.make import NOW, import_drops, make_drop

from .dying import Death, dying_at
from .newer_rules import (
    drops_with_lists,
    imported_afresh,
    read_again,
    richer_entries,
    shouted_titles,
    stricter_rules,
)
from .state import assert_same, raw_tables, site_state
from .worlds import world

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("rules", "changed", "reworded"), [(shouted_titles, 8, 7), (richer_entries, 6, 0)]
)
def test_reading_again_is_like_a_fresh_import_by_the_new_rules(
    db, rules, changed, reworded
):
    drops = drops_with_lists()
    expected = imported_afresh(drops, rules)
    import_drops(drops)
    wordings = RelatedLink.objects.count()
    with rules():
        done, told = read_again()
        assert_same(expected, site_state())
        assert not Article.objects.read_by_other_rules().exists()
    assert (done.read, done.changed, done.reworded) == (8, changed, reworded)
    assert told == [] and done.exit_code == 0
    assert RelatedLink.objects.count() == wordings


def test_reading_again_keeps_when_a_version_came_in(db):
    import_drops(drops_with_lists())
    with shouted_titles():
        read_again()
    assert set(Article.objects.values_list("imported_at", flat=True)) == {NOW}


@pytest.mark.parametrize("every", [True, False])
def test_where_nothing_reads_otherwise_the_version_alone_is_written(
    db, monkeypatch, every
):
    import_drops(drops_with_lists())
    before = raw_tables("articles_article")
    articles = list(Article.objects.order_by("pk").values())
    monkeypatch.setattr(drop_rules, "READING_VERSION", drop_rules.READING_VERSION + 1)
    monkeypatch.setattr(reread, "settle", lambda **given: None)
    done, _ = read_again(every=every)
    assert (done.read, done.changed, done.reworded) == (8, 0, 0)
    assert raw_tables("articles_article") == before
    assert not Page.objects.exclude(stale=Stale.NO).exists()
    assert list(Article.objects.order_by("pk").values()) == [
        row | {"reading_version": drop_rules.READING_VERSION} for row in articles
    ]


def test_what_the_rules_of_today_have_read_is_read_again_on_demand_only(db):
    import_drops(drops_with_lists())
    before = raw_tables()
    assert read_again()[0].read == 0
    assert read_again(every=True)[0].read == 8
    assert raw_tables() == before


def test_a_reread_ended_between_batches_goes_on_with_the_rest(db, monkeypatch):
    monkeypatch.setattr(reread, "BATCH", 3)
    drops = drops_with_lists()
    expected = imported_afresh(drops, shouted_titles)
    import_drops(drops)
    asked = count()
    with shouted_titles():
        done, _ = read_again(stop=lambda: next(asked) == 1)
        assert (done.read, done.exit_code) == (3, 130)
        assert Article.objects.read_by_other_rules().count() == 5
        assert not Page.objects.exclude(stale=Stale.NO).exists()
        assert read_again()[0].read == 5
    assert_same(expected, site_state())


def test_a_reread_killed_anywhere_and_run_again_ends_in_the_same(db, monkeypatch):
    monkeypatch.setattr(reread, "BATCH", 2)
    drops = drops_with_lists(3)
    expected = imported_afresh(drops, shouted_titles)
    import_drops(drops)
    with shouted_titles():
        for statement in count(1, 5):
            with world():
                try:
                    with dying_at(statement):
                        read_again()
                    break
                except Death:
                    read_again()
                    assert_same(expected, site_state())
    assert statement > 60


def test_a_refused_drop_keeps_what_it_has_and_stays_due(db):
    drops = drops_with_lists(2)
    drops["m.txt"] = make_drop(title="The strike goes on", excerpt="As it was")
    import_drops(drops)
    before = Article.objects.values().get(source_name="m")
    with stricter_rules():
        for _ in range(2):
            done, told = read_again()
            assert (done.refused, done.exit_code) == (1, 1)
            assert told == ["m: title: no strikes"]
        assert [held.source_name for held in Article.objects.read_by_other_rules()] == [
            "m"
        ]
    assert Article.objects.values().get(source_name="m") == before


def test_a_drop_that_the_database_refuses_does_not_stop_the_others(db, monkeypatch):
    import_drops(drops_with_lists(2))
    usual = article_rows.article_fields

    def refusing(drop: Any) -> dict[str, Any]:
        if drop.title == "a":
            raise DatabaseError("value too long")
        return usual(drop)

    monkeypatch.setattr(drop_rules, "READING_VERSION", drop_rules.READING_VERSION + 1)
    monkeypatch.setattr(article_rows, "article_fields", refusing)
    done, told = read_again()
    assert (done.read, done.refused) == (3, 1)
    assert told == ["a: cannot be stored: value too long"]


def test_the_command_says_what_it_did(db, capsys):
    import_drops(drops_with_lists(2) | {"m.txt": make_drop(title="A strike")})
    with stricter_rules(), pytest.raises(SystemExit) as ended:
        call_command("reread_drops")
    assert ended.value.code == 1
    assert capsys.readouterr().err.splitlines() == [
        "m: title: no strikes",
        "4 drops read again, 0 of them changed; 1 refused: they keep what they have.",
    ]
    call_command("reread_drops", "--all")
    assert capsys.readouterr().err == "5 drops read again, 0 of them changed.\n"
    with import_lock(), pytest.raises(CommandError, match="nothing was read") as busy:
        call_command("reread_drops")
    assert busy.value.returncode == 3
