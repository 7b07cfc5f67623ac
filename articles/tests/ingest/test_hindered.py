"""Disks that are full or read-only: one line, nothing half, and the next run goes on."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from articles.ingest.obstacles import obstacle
from articles.ingest.run import BATCH
from articles.models import Article, Drop
from articles.tests.make import import_drops, make_drop, related_entry

from .full_disk import make_larger, make_read_only, small_disk
from .packing import written
from .process import Site
from .state import assert_same, site_state
from .test_kills import chosen, imported

DROPS = {
    f"{n}.txt": make_drop(
        excerpt=f"{n} " * 1000,
        related=[related_entry(f"https://press.example/{n}/{m}") for m in range(1)],
    )
    for n in range(2 * BATCH)
}


@contextmanager
def pragma(name: str, during: int, after: int) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name} = {during}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA {name} = {after}")


def pages_held() -> int:
    """How many there are, none of them free."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        return int(cursor.execute("PRAGMA page_count").fetchone()[0])


def said_by(import_seeds, capsys, *words: object) -> str:
    """The one line in which an import ends."""
    with pytest.raises(CommandError) as ended:
        call_command("import_seeds", *map(str, words))
    assert ended.value.returncode == 2
    said = capsys.readouterr()
    assert said.out == "" and said.err == ""
    assert "\n" not in str(ended.value)
    return str(ended.value)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("room", [0, 8, 25])
def test_a_full_disk_stops_an_import_in_one_line_and_the_next_one_goes_on(
    import_seeds, capsys, tmp_path, room
):
    if connection.vendor != "sqlite":
        pytest.skip("the limit is SQLite's")
    folder = written(tmp_path, DROPS)
    with pragma("max_page_count", pages_held() + room, 2**30):
        line = said_by(import_seeds, capsys, folder)
    assert "full" in line and str(connection.settings_dict["NAME"]) in line
    assert Article.objects.count() == Drop.objects.count()
    assert Article.objects.count() % BATCH == 0
    report = imported(folder)
    assert (report.articles, report.rejected) == (len(DROPS), 0)


@pytest.mark.django_db(transaction=True)
def test_a_database_that_cannot_be_written_stops_an_import_in_one_line(
    import_seeds, capsys, tmp_path
):
    if connection.vendor != "sqlite":
        pytest.skip("the switch is SQLite's")
    folder = written(tmp_path, DROPS)
    with pragma("query_only", 1, 0):
        line = said_by(import_seeds, capsys, folder)
    assert "read-only" in line
    assert imported(folder).created == len(DROPS)


@pytest.mark.django_db
@pytest.mark.parametrize("after", [1, 8, 16])
def test_a_lock_that_is_not_let_go_is_no_fault_of_any_drop(
    import_seeds, capsys, tmp_path, after
):
    left = iter(range(after))

    def locked(execute, sql, params, many, context):
        if sql.startswith(("INSERT", "UPDATE")) and next(left, None) is None:
            raise OperationalError("database is locked")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(locked):
        line = said_by(import_seeds, capsys, written(tmp_path, DROPS))
    assert "locked" in line


@pytest.mark.django_db
def test_a_fault_of_one_drop_is_no_obstacle():
    def refusing(execute, sql, params, many, context):
        rows = params if many else [params]
        if 'INTO "articles_article"' in sql and any("Refused" in row for row in rows):
            raise OperationalError("too many terms in it")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refusing):
        report = import_drops(
            {"a.txt": make_drop(title="Refused"), "b.txt": DROPS["0.txt"]}
        )
    assert (report.created, report.rejected) == (1, 1)


@pytest.mark.parametrize(
    ("state", "words"),
    [("53100", "full"), ("25006", "read-only"), ("55P03", "locked")]
    + [("08006", "answer"), ("57P01", "answer"), ("42P01", "migrate")]
    + [("23505", ""), ("22003", "")],
)
def test_what_postgresql_says_of_itself_is_told_from_faults_of_a_drop(state, words):
    error = OperationalError("in its own words")
    error.__cause__ = Exception()
    error.__cause__.sqlstate = state  # type: ignore[attr-defined]
    assert words in obstacle(error) and bool(words) == bool(obstacle(error))


# Real disks, which only root may mount.


@pytest.fixture(scope="module")
def few(some_drops: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of 200 real drops."""
    return chosen(some_drops, 200, tmp_path_factory)


def on_disk(disk: Path, site: Site) -> Site:
    return Site(Path(shutil.copytree(site.folder, disk / "site")))


@pytest.mark.nightly
@pytest.mark.parametrize("size", ["2m", "4m", "6m"])
def test_a_disk_that_fills_up_is_named_and_room_is_all_it_takes(
    new_site, inside, few, tmp_path, size
):
    with inside(new_site()):
        imported(few)
        expected = site_state()
    with small_disk(tmp_path / "disk", size=size) as disk:
        site = on_disk(disk, new_site())
        code, out, err = site.run("import_seeds", few)
        assert (code, out) == (2, "")
        [line] = err.strip().splitlines()
        assert str(disk) in line and "full" in line
        make_larger(disk, size="200m")
        assert site.report(few)["articles"] == 200
        with inside(site):
            assert_same(expected, site_state())


@pytest.mark.nightly
@pytest.mark.django_db
@pytest.mark.parametrize("words", [["import_seeds"], ["import_seeds", "--dry-run"]])
def test_a_disk_that_is_read_only_is_one_line(new_site, seeds, tmp_path, words):
    with small_disk(tmp_path / "disk", size="20m") as disk:
        site = on_disk(disk, new_site())
        make_read_only(disk)
        code, out, err = site.run(*words, seeds)
        assert (code, out) == (2, "") and len(err.strip().splitlines()) == 1
        assert str(disk) in err and "Traceback" not in err


@pytest.mark.nightly
@pytest.mark.django_db
def test_exports_and_reports_name_a_full_disk(new_site, few, tmp_path):
    site = new_site()
    assert site.report(few)["created"] == 200
    with small_disk(tmp_path / "disk", size="1m") as disk:
        code, _, err = site.run("export_seeds", disk / "out")
        assert code == 2 and len(err.strip().splitlines()) == 1
        assert str(disk) in err and "full" in err
        assert not [path for path in disk.rglob("*") if path.name[0] == "."]
        for path in (disk / "out").iterdir():
            assert path.read_bytes() == (few / path.name).read_bytes()


@pytest.mark.nightly
@pytest.mark.django_db
def test_a_dry_run_names_the_disk_that_its_copy_fills(
    new_site, few, tmp_path, monkeypatch
):
    site = new_site()
    with small_disk(tmp_path / "disk", size="1m") as disk:
        monkeypatch.setenv("TMPDIR", str(disk))
        code, out, err = site.run("import_seeds", "--dry-run", few)
        assert (code, out) == (2, "") and len(err.strip().splitlines()) == 1
        assert str(disk) in err and "full" in err
