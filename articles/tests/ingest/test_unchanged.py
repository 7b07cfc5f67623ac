"""What has not changed costs nothing and moves nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Sum
from django.db.models.functions import Length
from django.test.utils import CaptureQueriesContext

from articles.ingest import checking
from articles.ingest.finding.sources import find_sources
from articles.ingest.run import Options, run_import
from articles.models import DropVersion, Piece
from articles.tests.make import NOW, import_drops, make_drop, related_entry

from .state import raw_tables

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "ALTER", "CREATE", "DROP")


def test_a_second_import_of_the_same_files_writes_its_own_record_alone(
    seeded, seeds, monkeypatch
):
    def never(*given, **more):
        raise AssertionError("an unchanged file was parsed")

    monkeypatch.setattr(checking, "read_drop", never)
    before = raw_tables("articles_importrun")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        report = run_import(
            list(find_sources(seeds)), Options(), now=NOW + timedelta(days=1)
        )
    assert (report.unchanged, report.created, report.updated) == (5, 0, 0)
    assert raw_tables("articles_importrun") == before
    writes = [one["sql"] for one in asked if one["sql"].startswith(WRITES)]
    assert (
        len(writes) <= 3 and sum("articles_importrun" in sql for sql in writes) == 2
    ), writes


def test_a_change_that_readers_cannot_see_moves_nothing_they_can(db, client):
    given = {"webUrl": "https://press.example/1", "title": "Same", "excerpt": "Same"}
    import_drops({"a.txt": make_drop(**given)})
    before = raw_tables(
        "articles_importrun", "articles_drop", "articles_dropversion", "articles_piece"
    )
    tag = client.get("/")["ETag"]
    import_drops(
        {"a.txt": make_drop(**given, secured="QUJD;REVG")}, now=NOW + timedelta(days=1)
    )
    after = raw_tables(
        "articles_importrun", "articles_drop", "articles_dropversion", "articles_piece"
    )
    assert before == after
    assert client.get("/")["ETag"] == tag


def test_a_drop_missing_from_a_later_import_stays(db):
    import_drops(
        {
            "a.txt": make_drop(related=[related_entry("https://press.example/l")]),
            "b.txt": make_drop(),
        }
    )
    before = raw_tables("articles_importrun")
    import_drops({})
    assert raw_tables("articles_importrun") == before


@pytest.mark.nightly
def test_stored_bytes_of_several_versions_take_an_eighth_of_their_size(db, redrops):
    for name in ("00", "03"):
        run_import(list(find_sources(redrops / name)), Options(), now=NOW)
    pieces = Piece.objects.aggregate(sum=Sum(Length("data")))["sum"]
    held = DropVersion.objects.aggregate(size=Sum("size"), lists=Sum(Length("pieces")))
    assert (pieces + held["lists"]) / held["size"] < 0.12
