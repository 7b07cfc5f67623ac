"""Where the words of a source stand, besides its own rows: all are forgotten."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.ingest.undoing import forget as module
from articles.ingest.undoing.forget import forget
from articles.models import (
    Article,
    Decision,
    Drop,
    ImportRun,
    Page,
    Piece,
    Provider,
    Stale,
    Topic,
)
from articles.publishing import edit, note, title
from articles.tests.make import NOW, import_drops, make_drop, related_entry

from .arrivals import NEW, NEWER, OLD, OTHER, WHO, arrived
from .state import tables_holding

pytestmark = pytest.mark.django_db
Kind = Decision.Kind
# Warnings repeat what a file says.
BAD = make_drop(webUrl="https://press.example/own", zaphod="x", type="Zaphod type")
LINKED = "https://press.example/linked"


def said(run: ImportRun) -> list[dict[str, Any]]:
    run.refresh_from_db()
    return run.problems


def test_what_runs_said_of_a_files_content_is_unsaid_and_of_others_kept():
    both = arrived(a=BAD, b=BAD)
    alone, clean = arrived(b=BAD + b"\n"), arrived(c=OTHER)
    before, others = said(both), said(alone)
    assert {one["path"] for one in before} == {"a.txt", "b.txt"}
    forget("a", **WHO)
    assert said(both) == [
        one | {"field": "", "message": "(forgotten)"} if one["path"] == "a.txt" else one
        for one in before
    ]
    assert (said(alone), said(clean)) == (others, [])
    assert both.problems != before


def test_a_file_is_known_whatever_folder_or_archive_it_came_from():
    run = arrived(a=BAD)
    problems = [
        {"path": path, "field": "f", "message": "m", "line": 3}
        for path in ("seeds.zip:a.txt", "/srv/a.txt", "a.txt", "b.txt", "a.txt.md")
    ]
    ImportRun.objects.filter(pk=run.pk).update(problems=problems, created=42)
    forget("a", **WHO)
    assert [(one["field"], one["message"], one["line"]) for one in said(run)] == (
        [("", "(forgotten)", 3)] * 3 + [("f", "m", 3)] * 2
    )
    assert run.created == 42


def test_runs_that_said_nothing_of_it_are_not_written_again():
    arrived(a=OLD), arrived(b=BAD)
    with CaptureQueriesContext(connection) as asked:
        forget("a", **WHO)
    assert not any('UPDATE "articles_importrun"' in one["sql"] for one in asked)


def test_a_record_that_is_written_again_is_written_in_that_field_only():
    arrived(a=BAD)
    with CaptureQueriesContext(connection) as asked:
        forget("a", **WHO)
    [written] = [
        one["sql"] for one in asked if 'UPDATE "articles_importrun"' in one["sql"]
    ]
    assert '"problems" =' in written and '"created" =' not in written


def test_the_pieces_of_all_its_versions_go_and_those_of_others_stay():
    shared = related_entry(LINKED, title="Shared")
    arrived(b=make_drop(webUrl="https://press.example/b", related=[shared]))
    before = set(Piece.objects.values_list("pk", flat=True))
    arrived(a=OLD), arrived(a=NEW)
    own = related_entry("https://press.example/mine", title="Mine")
    arrived(a=make_drop(webUrl="https://press.example/own", related=[shared, own]))
    assert len(before) < Piece.objects.count()
    assert forget("a", **WHO) == 3
    assert set(Piece.objects.values_list("pk", flat=True)) == before
    assert not Drop.objects.filter(source_name="a").exists()
    assert Decision.objects.filter(kind=Decision.Kind.FORGET).count() == 3


def test_what_no_source_has_cannot_be_forgotten():
    arrived(b=OTHER)
    with pytest.raises(Drop.DoesNotExist):
        forget("a", **WHO)
    assert not Decision.objects.exists()
    assert Article.objects.exists()


@pytest.fixture
def killed_before_the_rest(monkeypatch) -> None:
    """As if the process ended as soon as what is forgotten is out of the database."""
    monkeypatch.setattr(module, "settle", lambda **given: True)


def test_no_word_is_left_from_the_first_transaction_on(killed_before_the_rest):
    """Neither of the source nor of what its list said of pages that others list too."""
    words = {
        "title": "Zaphod title",
        "publishedDateTime": "2024-03-01T18:00:00Z",  # its list speaks
        "topics": ["Zaphod topic"],
        "provider": {"name": "Zaphod press", "domain": "zaphod.example"},
        "related": [
            related_entry(
                LINKED,
                title="Zaphod entry",
                provider={"name": "Zaphod link", "domain": "z.example"},
            )
        ],
    }
    plain = make_drop(
        webUrl="https://press.example/b",
        related=[related_entry(LINKED, title="Plain entry")],
    )
    arrived(a=make_drop(**words), b=plain)
    assert Page.objects.get(canonical_url=LINKED).title == "Zaphod entry"
    assert len(tables_holding("Zaphod")) > 4
    forget("a", **WHO)
    assert tables_holding("Zaphod") == []
    assert Page.objects.get(canonical_url=LINKED).title == "Plain entry"
    assert not Topic.objects.filter(key__contains="zaphod").exists()
    assert not Provider.objects.filter(domain="zaphod.example").exists()


def test_what_editors_wrote_about_it_goes_as_well():
    arrived(a=make_drop(title="Zaphod title", webUrl="https://press.example/a"))
    page = Page.objects.get()
    edit(page, {Kind.HEADLINE: "Zaphod, too", Kind.TOPICS: ("Zaphod topic",)})
    title(page, "The story of Zaphod")
    note(page, "Zaphod called")
    forget("a", **WHO)
    assert tables_holding("Zaphod") == []


def test_what_can_wait_is_settled_afterwards():
    arrived(a=OLD, b=OTHER), arrived(a=NEWER)
    Page.objects.update(stale=Stale.CONTENT)
    forget("a", **WHO)
    assert not Page.objects.stale().exists()


def test_it_is_wiped_once_nobody_can_take_it_back(django_capture_on_commit_callbacks):
    arrived(a=OLD)
    with django_capture_on_commit_callbacks() as callbacks:
        forget("a", **WHO)
    assert module._wipe in callbacks


def test_databases_of_other_kinds_are_not_told_sqlites_words(monkeypatch):
    monkeypatch.setattr(type(connection._connections["default"]), "vendor", "other")
    with CaptureQueriesContext(connection) as asked:
        module._wipe()
    assert len(asked) == 0


def test_what_was_forgotten_may_come_again_in_other_words():
    arrived(a=OLD)
    forget("a", **WHO)
    assert import_drops({"a.txt": OLD}).rejected == 1
    assert import_drops({"a.txt": NEWER}).created == 1


def test_what_was_said_of_a_file_with_a_longer_name_stays():
    run = ImportRun.objects.create(
        started_at=NOW,
        problems=[
            {"path": path, "field": "title", "message": "words"}
            for path in (
                "drops/a.txt",
                "drops/alpha.txt",
                "a.zip:a.txt",
                "a.txt",
                "aa.txt",
            )
        ],
    )
    import_drops({"a.txt": make_drop()})
    forget("a", author="olga", why="", now=NOW)
    run.refresh_from_db()
    assert [problem["message"] for problem in run.problems] == [
        "(forgotten)",
        "words",
        "(forgotten)",
        "(forgotten)",
        "words",
    ]
