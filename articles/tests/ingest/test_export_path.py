"""No file of an export lies outside of its folder, whatever names are stored."""

from __future__ import annotations

import os
from contextlib import suppress

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.drops.published import CannotSay
from articles.ingest.export import UnsafeName, export
from articles.ingest.undoing.undo import undo_run
from articles.models import Drop
from articles.tests.make import import_drops, make_drop

from .arrivals import OLD, OTHER, WHO, arrived

pytestmark = pytest.mark.django_db


def files_below(folder: os.PathLike[str]) -> set[str]:
    return {
        os.path.relpath(os.path.join(place, name), folder)
        for place, _, names in os.walk(folder)
        for name in names
    }


@pytest.mark.parametrize(
    "name",
    [
        "../out.txt",
        "a/../../out.txt",
        "..",
        "a/..",
        "inside/../out.txt",
        "../folder/out.txt",
        "{outside}/out.txt",
        "/{outside}/out.txt",
    ],
)
def test_a_name_that_leaves_the_folder_is_not_written(name, tmp_path):
    import_drops({"a.txt": make_drop()})
    Drop.objects.update(file_name=name.format(outside=tmp_path))
    with suppress(UnsafeName):
        assert export(tmp_path / "folder") == 0
    assert files_below(tmp_path) == set()


@pytest.mark.parametrize("name", ["..a.txt", "a..b/c...txt", "...", "a/.b/c.txt"])
def test_dots_within_names_lead_nowhere(name, tmp_path):
    raw = make_drop()
    import_drops({"a.txt": raw})
    Drop.objects.update(file_name=name)
    assert export(tmp_path / "folder") == 1
    assert (tmp_path / "folder" / name).read_bytes() == raw
    assert files_below(tmp_path / "folder") == {name}


def test_without_being_asked_for_decisions_none_is_applied(tmp_path):
    raw = make_drop(published=False)
    import_drops({"a.txt": raw}, publish=True)
    export(tmp_path)
    assert (tmp_path / "a.txt").read_bytes() == raw
    export(tmp_path, apply_decisions=True)
    assert (tmp_path / "a.txt").read_bytes() == raw.replace(
        b"published: false", b"published: true"
    )


def test_a_drop_that_cannot_say_what_was_decided_is_not_written(tmp_path, monkeypatch):
    def cannot(raw: bytes, *, published: bool) -> bytes:
        raise CannotSay

    monkeypatch.setattr("articles.ingest.export.with_published", cannot)
    import_drops({"a.txt": make_drop(published=False)}, publish=True)
    try:
        assert export(tmp_path, apply_decisions=True) == 0
    except CannotSay as problem:
        assert "published" in str(problem)
    assert files_below(tmp_path) == set()


def test_of_what_was_taken_back_nothing_is_written(tmp_path):
    run = arrived(a=OLD, b=OTHER)
    assert export(tmp_path / "before") == 2
    undo_run(run, **WHO)
    assert export(tmp_path / "after") == 0
    assert files_below(tmp_path / "after") == set()


def test_versions_are_read_with_their_drops(tmp_path):
    """Queries per drop are those of its pieces alone."""
    arrived(a=OLD, b=OTHER)
    with CaptureQueriesContext(connection) as asked:
        assert export(tmp_path) == 2
    drops = [one["sql"] for one in asked if "articles_dropversion" in one["sql"]]
    assert len(drops) == 1
