"""Erasing a source for good."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import transaction

from articles.ingest.undoing.forget import forget
from articles.models import Article, Decision, Drop, DropVersion, Page
from articles.tests.make import import_drops, make_drop, related_entry

from .arrivals import NEW, NEWER, OLD, OTHER, WHO, arrived
from .state import assert_same, site_state, tables_holding

pytestmark = pytest.mark.django_db
# What is erased is overwritten too, which no transaction allows.
in_its_own_file = pytest.mark.django_db(transaction=True)


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
    code, _, err = site.run("forget", "a", "--yes", "--why", "a take-down")
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
