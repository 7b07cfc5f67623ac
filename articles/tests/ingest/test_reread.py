"""Drops read again by newer rules end in what a fresh import would give."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from articles.drops import drop as drop_rules
from articles.drops import validate
from articles.drops.problems import Problem
from articles.drops.reading import Reading, read_drop
from articles.ingest import reread
from articles.ingest.lock import import_lock
from articles.ingest.storing import article_rows, fields
from articles.ingest.undoing.forget import forget
from articles.ingest.undoing.undo import redo_run, undo_run
from articles.models import Article, ImportRun, Page, RelatedLink, Stale
from articles.tests.make import NOW, import_drops, make_drop, related_entry

from .dying import Death, dying_at
from .state import assert_same, raw_tables, site_state
from .worlds import Verdict, decide, world

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)
WHO = {"author": "olga", "why": "broken at the source", "now": LATER}
LINK = "https://press.example/linked"
Rules = Callable[[], AbstractContextManager[None]]


@contextmanager
def shouted_titles() -> Iterator[None]:
    """Newer rules, by which the words of drops and of their lists are in capitals."""
    clean = fields.clean_text
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drop_rules, "READING_VERSION", 2)
        patch.setattr(fields, "clean_text", lambda text: clean(text).upper())
        yield


@contextmanager
def richer_entries() -> Iterator[None]:
    """Newer rules, by which entries hold more than they did: other digests."""
    usual = validate.hashlib.blake2b
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drop_rules, "READING_VERSION", 2)
        patch.setattr(
            validate,
            "hashlib",
            SimpleNamespace(blake2b=lambda held, **size: usual(b"2" + held, **size)),
        )
        yield


@contextmanager
def stricter_rules() -> Iterator[None]:
    """Newer rules, by which drops about a strike are refused."""

    def read(raw: bytes, **more: Any) -> Reading:
        if b"strike" not in raw:
            return read_drop(raw, **more)
        return Reading(None, (Problem(2, 8, "title", "error", "no strikes"),))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drop_rules, "READING_VERSION", 2)
        patch.setattr(reread, "read_drop", read)
        yield


def drops_with_lists(number: int = 6) -> dict[str, bytes]:
    """Drops that name each other, one page in common, and its twins."""
    drops = {
        f"{n}.txt": make_drop(
            title=f"Day {n} of the talks",
            webUrl=f"https://press.example/{n}",
            ampWebUrl=f"https://amp.example/{n}" if n % 2 else None,
            published=bool(n % 3),
            related=[
                related_entry(LINK, title="Ships are waiting"),
                related_entry(f"https://press.example/{n + 1}", title=f"Day {n + 1}"),
            ],
        )
        for n in range(number)
    }
    twins = {f"{name}.txt": make_drop(title=name, webUrl=LINK) for name in ("a", "b")}
    return drops | twins


def imported_afresh(drops: dict[str, bytes], rules: Rules) -> Any:
    """The state of a site that never knew other rules."""
    with rules(), world():
        import_drops(drops)
        return site_state()


def read_again(**given: Any) -> tuple[reread.Reread, list[str]]:
    told: list[str] = []
    done = reread.reread(
        now=LATER, refuse=lambda problem: told.append(str(problem)), **given
    )
    return done, told


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
    monkeypatch.setattr(drop_rules, "READING_VERSION", 2)
    monkeypatch.setattr(reread, "settle", lambda **given: None)
    done, _ = read_again(every=every)
    assert (done.read, done.changed, done.reworded) == (8, 0, 0)
    assert raw_tables("articles_article") == before
    assert not Page.objects.exclude(stale=Stale.NO).exists()
    assert list(Article.objects.order_by("pk").values()) == [
        row | {"reading_version": 2} for row in articles
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

    monkeypatch.setattr(drop_rules, "READING_VERSION", 2)
    monkeypatch.setattr(article_rows, "article_fields", refusing)
    done, told = read_again()
    assert (done.read, done.refused) == (3, 1)
    assert told == ["a: cannot be stored: value too long"]


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
        assert [(one.title, one.reading_version) for one in held] == [
            ("NEW", 2),
            ("ONLY", 2),
        ]


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
