"""Backups are whole and sound, and what is put back is what was there."""

from __future__ import annotations

import fcntl
import resource
import shutil
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from articles.operating.contents import Unusable
from articles.operating.copies import restore
from articles.tests.ingest.process import Site
from articles.tests.make import NOW, make_drop

# The empty database is only made where a test asks for one.
pytestmark = pytest.mark.django_db
DAMAGES: dict[str, Callable[[Path], None]] = {}


def damage(make: Callable[[Path], None]) -> Callable[[Path], None]:
    DAMAGES[make.__name__.replace("_", " ")] = make
    return make


def said(site: Site, *words: str | Path) -> tuple[int, str]:
    """Exit code and messages of a command, which never has a traceback."""
    code, out, err = site.run(*words)
    assert "Traceback" not in err, err
    assert out == ""
    return code, err.strip()


def ask(file: Path, sql: str) -> list[tuple]:
    with closing(sqlite3.connect(file)) as database:
        return database.execute(sql).fetchall()


def change(file: Path, *statements: str) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        database.execute("PRAGMA foreign_keys=OFF")
        for statement in statements:
            database.execute(statement)


@pytest.fixture(scope="module")
def made(empty_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site that has imported and published two drops, with a backup beside it."""
    folder = tmp_path_factory.mktemp("made")
    site = Site(Path(shutil.copytree(empty_site, folder / "site")))
    bring(site, "one", "two")
    assert said(site, "backup", folder / "backup")[0] == 0
    return site


@pytest.fixture
def site(made: Site, tmp_path: Path) -> Site:
    return Site(Path(shutil.copytree(made.folder, tmp_path / "site")))


@pytest.fixture
def backup(made: Site, tmp_path: Path) -> Path:
    return Path(shutil.copy(made.folder.with_name("backup"), tmp_path))


def bring(site: Site, *names: str) -> None:
    folder = site.folder / "drops"
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / f"{name}.txt").write_bytes(
            make_drop(title=name, webUrl=f"https://example.com/{name}")
        )
    assert site.report("--publish", folder)["exit"] == 0


def rows(file: Path) -> dict[str, list[tuple]]:
    """Everything in a database, by table; a virtual one by the tables it is made of.

    But for the version of the publication, which is never again what it was.
    """
    tables = ask(
        file, "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE TABLE%' ORDER BY 1"
    )
    return {
        name: sorted(ask(file, f"SELECT * FROM '{name}'"))
        for (name,) in tables
        if name != "articles_publication"
    }


def version(file: Path) -> int:
    [(held,)] = ask(file, "SELECT version FROM articles_publication")
    return int(held)


def test_a_backup_is_one_private_sound_file(site, tmp_path):
    folder = tmp_path / "a folder?#%"
    folder.mkdir()
    was = {path.name for path in site.folder.iterdir()}
    process = site.start("backup", folder / "b", umask=0)
    _, err = process.communicate()
    assert (process.returncode, err) == (
        0,
        f"2 drops, 2 decisions, 2 pages are in {folder / 'b'}.\n",
    )
    assert [path.name for path in folder.iterdir()] == ["b"]
    assert {path.name for path in site.folder.iterdir()} >= was
    assert stat.S_IMODE((folder / "b").stat().st_mode) == 0o600
    assert ask(folder / "b", "PRAGMA journal_mode") == [("delete",)]
    assert ask(folder / "b", "PRAGMA integrity_check") == [("ok",)]


def test_what_is_only_in_the_log_is_backed_up(site, tmp_path):
    with closing(sqlite3.connect(site.database, isolation_level=None)) as held:
        held.execute("PRAGMA wal_autocheckpoint=0")
        held.execute("UPDATE articles_article SET title = 'in the log'")
        assert said(site, "backup", tmp_path / "b")[0] == 0
    assert ask(tmp_path / "b", "SELECT DISTINCT title FROM articles_article") == [
        ("in the log",)
    ]


def test_a_file_that_is_there_is_replaced_only_when_asked(site, tmp_path):
    file = tmp_path / "b"
    file.write_text("precious")
    code, err = said(site, "backup", file)
    assert code == 2 and "--overwrite" in err
    assert file.read_text() == "precious"
    assert said(site, "backup", "--overwrite", file)[0] == 0
    assert ask(file, "SELECT count(*) FROM articles_drop") == [(2,)]


def test_the_database_itself_is_no_place_for_a_backup(site, tmp_path):
    (tmp_path / "link").symlink_to(site.database)
    for name in (site.database, tmp_path / "link", tmp_path):
        code, err = said(site, "backup", "--overwrite", name)
        assert code == 2 and len(err.splitlines()) == 1
    assert ask(site.database, "SELECT count(*) FROM articles_drop") == [(2,)]


def test_without_room_there_is_one_line_and_no_half_file(site, tmp_path):
    folder = tmp_path / "full"
    folder.mkdir()
    (folder / "b").write_text("of yesterday")
    enough_for_the_log = site.database.stat().st_size // 2

    def little_room() -> None:
        resource.setrlimit(
            resource.RLIMIT_FSIZE, (enough_for_the_log, enough_for_the_log)
        )

    process = site.start("backup", "--overwrite", folder / "b", preexec_fn=little_room)
    _, err = process.communicate()
    assert process.returncode == 1 and len(err.splitlines()) == 1, err
    assert "no backup was made" in err
    assert [path.name for path in folder.iterdir()] == ["b"]
    assert (folder / "b").read_text() == "of yesterday"


@pytest.mark.parametrize("place", ["missing/b", "file/b", "b" * 300])
def test_where_nothing_can_be_written_there_is_one_line(site, tmp_path, place):
    (tmp_path / "file").touch()
    code, err = said(site, "backup", tmp_path / place)
    assert code in (1, 2) and len(err.splitlines()) == 1
    assert ".partial" not in err


def test_a_damaged_database_gives_no_backup(site, tmp_path):
    change(site.database, "DELETE FROM articles_provider")
    code, err = said(site, "backup", tmp_path / "b")
    assert code == 1 and "articles_provider" in err
    assert not (tmp_path / "b").exists()


def test_what_is_restored_is_what_was_backed_up(site, backup):
    before = rows(site.database)
    bring(site, "one", "three")
    change(site.database, "UPDATE articles_page SET title = 'other words'")
    assert rows(site.database) != before
    last = version(site.database)
    code, err = said(site, "restore", backup)
    assert code == 0 and "2 drops, 2 decisions, 2 pages" in err
    assert rows(site.database) == before
    assert version(site.database) > last > version(backup)
    bring(site, "one", "three")
    assert ask(site.database, "SELECT count(*) FROM articles_drop") == [(3,)]


def test_what_was_replaced_is_kept_and_can_be_put_back(site, backup):
    bring(site, "three")
    before = rows(site.database)
    assert said(site, "restore", backup)[0] == 0
    [kept] = site.folder.glob("news.sqlite3.replaced-*")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert said(site, "restore", kept)[0] == 0
    assert rows(site.database) == before


def test_a_restore_goes_into_an_installation_without_a_database(backup, site, tmp_path):
    (tmp_path / "new").mkdir()
    new = Site(tmp_path / "new")
    process = new.start("restore", backup, umask=0)
    _, err = process.communicate()
    assert process.returncode == 0 and "kept" not in err
    assert rows(new.database) == rows(site.database)
    assert not list(new.folder.glob("*.replaced-*"))
    assert stat.S_IMODE(new.database.stat().st_mode) == 0o600


def test_whoever_has_the_database_open_sees_what_was_restored(site, backup):
    """As a server has: by the file that it opened, not by its name."""
    bring(site, "three")
    asked = "SELECT count(*) FROM articles_drop"
    with (
        closing(sqlite3.connect(site.database)) as server,
        closing(sqlite3.connect(site.database, isolation_level=None)) as reader,
    ):
        assert server.execute(asked).fetchone() == (3,)
        reader.execute("BEGIN")
        assert reader.execute(asked).fetchone() == (3,)
        assert said(site, "restore", backup)[0] == 0
        assert reader.execute(asked).fetchone() == (3,)
        reader.execute("COMMIT")
        assert reader.execute(asked).fetchone() == (2,)
        assert server.execute(asked).fetchone() == (2,)
        server.execute("UPDATE articles_article SET title = 'by the server'")
        server.commit()
    assert ask(site.database, "PRAGMA integrity_check") == [("ok",)]


@damage
def no_database(file: Path) -> None:
    file.write_text("These are words, and not few, but no database." * 40)


@damage
def empty(file: Path) -> None:
    file.write_bytes(b"")


@damage
def cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


@damage
def overwritten_inside(file: Path) -> None:
    held = bytearray(file.read_bytes())
    held[4096 * 3 : 4096 * 60] = b"\xaa" * (4096 * 57)
    file.write_bytes(held)


@damage
def header_only(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:100])


@damage
def of_another_program(file: Path) -> None:
    file.unlink()
    change(file, "CREATE TABLE django_migrations (app, name)", "CREATE TABLE x (a)")


@damage
def with_a_row_gone(file: Path) -> None:
    change(file, "DELETE FROM articles_provider")


@damage
def of_a_later_version(file: Path) -> None:
    change(
        file,
        "INSERT INTO django_migrations (app, name, applied) "
        "VALUES ('articles', '9999_later', '2030-01-01')",
    )


@pytest.mark.parametrize("how", DAMAGES)
def test_what_cannot_be_used_is_refused_before_anything_is_touched(
    backup, how, tmp_path, monkeypatch
):
    monkeypatch.setattr("articles.operating.copies.site_file", lambda: tmp_path / "x")
    DAMAGES[how](backup)
    with pytest.raises(Unusable):
        restore(backup, now=NOW)
    assert {path.name for path in tmp_path.iterdir()} == {"backup"}


def test_a_refusal_is_one_line_and_leaves_the_database(site, backup):
    DAMAGES["overwritten inside"](backup)
    before = rows(site.database)
    code, err = said(site, "restore", backup)
    assert code == 1 and len(err.splitlines()) == 1, err
    assert rows(site.database) == before
    assert not list(site.folder.glob("*.replaced-*"))


@pytest.mark.parametrize("how", ["no database", "cut short", "overwritten inside"])
def test_a_broken_database_is_replaced_and_kept_as_it_lies(site, backup, how):
    before = rows(site.database)
    DAMAGES[how](site.database)
    broken = site.database.read_bytes()
    code, err = said(site, "restore", backup)
    assert code == 0, err
    assert rows(site.database) == before
    [kept] = site.folder.glob("news.sqlite3.replaced-*Z")
    assert len(kept.read_bytes()) >= len(broken) // 2
    assert stat.S_IMODE(site.database.stat().st_mode) == 0o600


def test_a_database_with_pages_of_another_size_is_replaced(site, backup):
    change(
        site.database,
        "PRAGMA journal_mode=DELETE",
        "PRAGMA page_size=8192",
        "VACUUM",
        "PRAGMA journal_mode=WAL",
    )
    before = rows(site.database)
    code, err = said(site, "restore", backup)
    assert code == 0, err
    assert rows(site.database) == before


def test_a_backup_of_an_older_version_says_what_to_do(site, backup):
    change(backup, "DELETE FROM django_migrations WHERE name LIKE '0009%'")
    code, err = said(site, "restore", backup)
    assert code == 0 and "manage.py migrate" in err


def test_a_backup_by_other_means_is_taken_too(site, backup, tmp_path):
    """By SQLite's own tool: it says that a log lies beside it, and none does."""
    change(backup, "PRAGMA journal_mode=WAL")
    tmp_path.chmod(0o500)
    try:
        assert said(site, "restore", backup)[0] == 0
    finally:
        tmp_path.chmod(0o700)
    assert {path.name for path in backup.parent.glob("backup*")} == {"backup"}


def test_nothing_is_restored_while_an_import_runs(site, backup):
    before = rows(site.database)
    with (site.folder / "import.lock").open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        code, err = said(site, "restore", backup)
    assert (code, err) == (
        3,
        "CommandError: an import is running; nothing was restored",
    )
    assert rows(site.database) == before


def test_without_room_for_it_nothing_is_restored_and_nothing_left(site, backup):
    bring(site, "three")
    change(site.database, "PRAGMA wal_checkpoint(TRUNCATE)")
    before = rows(site.database)
    change(
        backup,
        "INSERT INTO django_session VALUES ('x', hex(zeroblob(2000000)), '2024-01-01')",
    )
    enough_to_keep_a_copy = site.database.stat().st_size

    def little_room() -> None:
        resource.setrlimit(
            resource.RLIMIT_FSIZE, (enough_to_keep_a_copy, enough_to_keep_a_copy)
        )

    process = site.start("restore", backup, preexec_fn=little_room)
    _, err = process.communicate()
    assert process.returncode == 1 and len(err.splitlines()) == 1, err
    assert rows(site.database) == before
    assert not list(site.folder.glob("*.replaced-*"))


@pytest.mark.nightly  # it waits for ten seconds
def test_nothing_is_restored_while_somebody_goes_on_writing(site, backup):
    with closing(sqlite3.connect(site.database, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        code, err = said(site, "restore", backup)
    assert code == 1 and "locked" in err
    assert not list(site.folder.glob("*.replaced-*"))


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_other_databases_have_tools_of_their_own(db, command, capsys):
    """The database of the tests lies in memory."""
    with pytest.raises(CommandError) as told:
        call_command(command, __file__)
    assert told.value.returncode == 2
