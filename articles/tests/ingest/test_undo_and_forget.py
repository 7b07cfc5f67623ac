"""Taking back what an import brought, and erasing a source for good."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from articles.ingest.undoing.forget import forget
from articles.ingest.undoing.undo import redo_run, undo_run
from articles.models import Article, Decision, Drop, DropVersion, ImportRun, Page
from articles.tests.make import NOW, import_drops, make_drop, related_entry

from .dying import Death, dying_at
from .state import assert_same, site_state, tables_holding
from .worlds import world

pytestmark = pytest.mark.django_db
# What is erased is overwritten too, which no transaction allows.
in_its_own_file = pytest.mark.django_db(transaction=True)
WHO = {"author": "olga", "why": "broken at the source", "now": NOW + timedelta(days=1)}
OWN = "https://press.example/own"
OLD, NEW, NEWER = (
    make_drop(webUrl=OWN, title=title) for title in ("Old", "New", "Newer")
)
OTHER = make_drop(webUrl="https://press.example/other")


def arrived(**drops: bytes) -> ImportRun:
    report = import_drops({f"{name}.txt": raw for name, raw in drops.items()})
    return ImportRun.objects.get(pk=report.import_run)


def test_undo_falls_back_to_the_newest_other_version(db):
    arrived(a=OLD, b=OTHER)
    before = site_state()
    second = arrived(a=NEW)
    assert undo_run(second, **WHO) == ["a"]
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
    """Die at every so manieth statement of an undo."""
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
                assert_same(after, site_state())
                continue
            assert_same(before, site_state())
            break
    assert statement > 20


def test_an_undo_killed_is_whole_or_nothing(db):
    undo_and_die(stride=5)


@pytest.mark.nightly
def test_an_undo_killed_anywhere_is_whole_or_nothing(db):
    undo_and_die(stride=1)


@in_its_own_file
def test_forget_erases_every_word():
    words = {
        "title": "Zaphod title",
        "excerpt": "Zaphod excerpt",
        "topics": ["Zaphod topic"],
        "provider": {"name": "Zaphod press", "domain": "zaphod.example"},
        "images": [{"url": "https://i.example/zaphod.png", "title": "Zaphod"}],
    }
    entry = related_entry(
        "https://press.example/zaphod",
        title="Zaphod entry",
        provider={"name": "Zaphod link", "domain": "z.example"},
    )
    arrived(b=OTHER)
    before = site_state()
    for serial in ("1", "2"):
        arrived(a=make_drop(**words | {"title": f"Zaphod {serial}"}, related=[entry]))
    assert len(tables_holding("Zaphod")) > 4
    assert forget("a", **WHO) == 2
    assert tables_holding("Zaphod") == []
    assert_same(before, site_state())
    made = Decision.objects.filter(kind=Decision.Kind.FORGET, source_name="a")
    assert [(one.author, one.why) for one in made] == [
        ("olga", "broken at the source")
    ] * 2
    assert not DropVersion.objects.filter(drop__source_name="a").exists()


@in_its_own_file
def test_forgotten_bytes_are_refused_under_any_name():
    arrived(a=OLD), arrived(a=NEW, b=OTHER)
    forget("a", **WHO)
    for name, raw in (("a", OLD), ("elsewhere", NEW)):
        report = import_drops({f"{name}.txt": raw})
        assert (report.rejected, report.exit_code) == (1, 1)
        assert "forgotten" in str(report.problems[0]) and "olga" in str(
            report.problems[0]
        )
    assert Article.objects.get().source_name == "b"
    assert import_drops({"a.txt": NEWER}).created == 1


@in_its_own_file
def test_forget_leaves_pieces_that_other_drops_share():
    shared = [related_entry("https://press.example/l", title="Shared words")]
    arrived(
        a=make_drop(related=shared),
        b=make_drop(related=shared, webUrl="https://press.example/b"),
    )
    mine = Drop.objects.get(source_name="b").current.digest
    forget("a", **WHO)
    assert Drop.objects.get(source_name="b").current.digest == mine
    assert Page.objects.filter(title="Shared words").exists()


def test_the_commands_say_what_they_did(db, capsys):
    run = arrived(a=OLD)
    call_command("undo_import", str(run.pk), "--by", "olga")
    assert "1 versions set aside" in capsys.readouterr().err
    with pytest.raises(CommandError, match="no import run"):
        call_command("undo_import", "4711")
    with pytest.raises(CommandError, match="no drop is called"):
        call_command("forget", "nobody")


def test_nothing_of_what_is_forgotten_is_left_in_the_files_of_the_database(
    new_site, tmp_path
):
    words = {
        "title": "Zebrafish escape",
        "excerpt": "A capybara saw the zebrafish go.",
        "provider": {"name": "Axolotl Times", "domain": "axolotl.example"},
        "topics": ["Okapis"],
        "related": [related_entry("https://pangolin.example/1", title="Pangolins too")],
    }
    drops = tmp_path / "drops"
    drops.mkdir()
    (drops / "a.txt").write_bytes(make_drop(**words))
    (drops / "b.txt").write_bytes(OTHER)
    site = new_site()
    site.report("--publish", drops)
    assert left_of(site.folder, "zebrafish", "pangolin", "okapi") != []
    code, _, err = site.run("forget", "a", "--why", "a take-down")
    assert code == 0, err
    assert left_of(site.folder, "zebra", "capybara", "axolotl", "okapi", "pango") == []
    assert site.report(drops)["rejected"] == 1


def test_forgetting_may_be_part_of_a_callers_transaction(db):
    arrived(a=OLD)
    with transaction.atomic():
        assert forget("a", **WHO) == 1
    assert not Drop.objects.exists()


def left_of(folder: Path, *words: str) -> list[str]:
    """Those of the words that are in a file of the database, in any case."""
    held = b"".join(file.read_bytes() for file in folder.glob("news.sqlite3*"))
    return [word for word in words if word.encode() in held.lower()]
