"""Taking back what an import brought."""

from __future__ import annotations

from itertools import count

import pytest
from django.core.management import CommandError, call_command

from articles.ingest.undoing.undo import redo_run, undo_run
from articles.models import Article, Decision, Drop, ImportRun, Page
from articles.settle import settle
from articles.tests.make import NOW, import_drops, make_drop, related_entry

from .arrivals import NEW, NEWER, OLD, OTHER, WHO, arrived
from .dying import Death, dying_at
from .state import assert_same, site_state
from .worlds import world

pytestmark = pytest.mark.django_db


def test_undo_falls_back_to_the_newest_other_version(db):
    arrived(a=OLD, b=OTHER)
    before = site_state()
    second = arrived(a=NEW)
    assert undo_run(second, **WHO).sources == ("a",)
    assert_same(before, site_state())


def test_undo_of_a_run_that_created_articles_removes_them(db):
    arrived(b=OTHER)
    before = site_state()
    first = arrived(
        a=OLD, c=make_drop(related=[related_entry("https://press.example/l")])
    )
    undo_run(first, **WHO)
    assert_same(before, site_state())
    assert Drop.objects.filter(current=None).count() == 2


def test_bytes_set_aside_are_named_and_change_nothing_when_they_come_again(db):
    arrived(a=OLD)
    undo_run(arrived(a=NEW), **WHO)
    before = site_state()
    report = import_drops({"a.txt": NEW})
    assert (report.unchanged, report.updated, report.rejected) == (1, 0, 0)
    assert "set aside" in str(report.problems[0]) and "olga" in str(report.problems[0])
    assert_same(before, site_state())


def test_bytes_set_aside_under_one_name_are_welcome_under_another(db):
    undo_run(arrived(a=OLD), **WHO)
    assert import_drops({"z.txt": OLD}).created == 1


def test_redo_brings_back_what_was_undone(db):
    arrived(a=OLD, b=OTHER)
    second = arrived(a=NEW, c=make_drop(webUrl="https://press.example/c"))
    before = site_state()
    undo_run(second, **WHO)
    redo_run(second, **WHO)
    assert_same(before, site_state())
    assert Decision.objects.filter(kind=Decision.Kind.REINSTATE).count() == 2


def test_runs_can_be_undone_in_any_order(db):
    first, second, third = arrived(a=OLD), arrived(a=NEW), arrived(a=NEWER)
    undo_run(second, **WHO)
    assert Article.objects.get().title == "Newer"
    undo_run(third, **WHO)
    assert Article.objects.get().title == "Old"
    undo_run(first, **WHO)
    assert not Article.objects.exists() and not Page.objects.exists()
    redo_run(second, **WHO)
    assert Article.objects.get().title == "New"


def test_an_older_version_that_came_again_counts_as_the_newest(db):
    arrived(a=OLD), arrived(a=NEW), arrived(a=OLD)
    fourth = arrived(a=NEWER)
    undo_run(fourth, **WHO)
    assert Article.objects.get().title == "Old"


def test_decisions_outlive_an_undo(db):
    first = arrived(a=OLD)
    report = import_drops(
        {"z.txt": make_drop(webUrl="https://press.example/z", published=False)},
        publish=True,
    )
    assert report.listed == 2
    run = ImportRun.objects.get(pk=report.import_run)
    undo_run(run, **WHO)
    assert Page.objects.listed().count() == 1
    redo_run(run, **WHO)
    assert Page.objects.listed().count() == 2
    undo_run(first, **WHO)


def test_what_was_published_and_then_undone_is_no_listed_link_either(db):
    linked = "https://press.example/linked"
    import_drops({"n.txt": make_drop(related=[related_entry(linked)])})
    report = import_drops(
        {"a.txt": make_drop(webUrl=linked, published=False)}, publish=True
    )
    assert Page.objects.get(canonical_url=linked).is_listed
    undo_run(ImportRun.objects.get(pk=report.import_run), **WHO)
    assert not Page.objects.get(canonical_url=linked).is_listed


def undo_and_die(stride: int) -> None:
    """Die at every so manieth statement of an undo, which then goes on."""
    arrived(a=OLD, b=OTHER)
    before = site_state()
    second = arrived(a=NEW, c=make_drop(webUrl="https://press.example/c"))
    after = site_state()
    for statement in count(1, stride):
        with world():
            try:
                with dying_at(statement):
                    undo_run(second, **WHO)
            except Death:
                settle(now=NOW)
                # Of few drops, either all are set aside or none is.
                assert site_state() in (after, before)
                undo_run(second, **WHO)
                assert_same(before, site_state())
                continue
            assert_same(before, site_state())
            break
    assert statement > 20


def test_an_undo_killed_goes_on(db):
    undo_and_die(stride=5)


@pytest.mark.nightly
def test_an_undo_killed_anywhere_goes_on(db):
    undo_and_die(stride=1)


def test_the_commands_say_what_they_did(db, capsys):
    run = arrived(a=OLD)
    call_command("undo_import", str(run.pk), "--by", "olga")
    assert "1 versions set aside" in capsys.readouterr().err
    with pytest.raises(CommandError, match="no import run"):
        call_command("undo_import", "4711")
    with pytest.raises(CommandError, match="no drop is called"):
        call_command("forget", "nobody")
