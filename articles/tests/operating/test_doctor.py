"""The doctor finds what is broken, says what to do, and never faints."""

from __future__ import annotations

import shutil
import sqlite3
from collections import namedtuple
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import override_settings

from articles.ingest.lock import import_lock
from articles.models import Article, ImportRun, Page, Stale
from articles.operating import database
from articles.operating.doctor import look_over
from articles.operating.finding import Finding
from articles.operating.static_files import static_findings
from articles.settle import settle
from articles.tests.ingest.process import Site
from articles.tests.make import NOW, import_drops, make_drop

KEY = "zZ0-qY7_" * 10
SOUND = {
    "SECRET_KEY": KEY,
    "ALLOWED_HOSTS": ["news.example"],
    "SITE_URL": "https://news.example",
}


def found(importing: bool = False, **options: Any) -> dict[str, tuple[Finding, ...]]:
    """What is wrong, by where it is; static files are looked at by themselves."""
    now = options.pop("now", NOW)
    with override_settings(**SOUND | options):
        looked = look_over(importing=importing, now=now)
        return {name: wrong for name, wrong in looked if wrong} | {"static files": ()}


def only(looked: dict[str, tuple[Finding, ...]], name: str) -> Finding:
    """The one finding that there is, which is whole."""
    [wrong] = looked.pop(name)
    assert not any(looked.values()), looked
    assert wrong.what.endswith(".") and wrong.why and wrong.todo
    return wrong


@pytest.fixture
def drop(db) -> Article:
    # By the settings that it is looked at with: stories are rendered by them.
    with override_settings(**SOUND):
        import_drops({"one.txt": make_drop()})
    return Article.objects.get()


def test_a_sound_site_has_nothing_to_mend(drop):
    assert not any(found().values())


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "a" * 60),
        ("SECRET_KEY", "django-insecure-" + KEY),
        ("DEBUG", True),
        ("ALLOWED_HOSTS", ["*"]),
        ("ALLOWED_HOSTS", ["paper.example"]),
        ("ALLOWED_HOSTS", []),
        ("SITE_URL", "news.example"),
        ("SITE_URL", "ftp://news.example"),
        ("SITE_URL", "https://"),
        ("SITE_URL", "https://[news.example"),
        ("SITE_URL", "https://news.example:port"),
        ("SITE_URL", "https://news.example/news"),
        ("SITE_URL", "https://other.example"),
        ("SEEDS_DIR", Path("/not/there")),
    ],
)
def test_each_wrong_setting_is_named(drop, setting, value):
    assert setting in only(found(**{setting: value}), "settings").what


def test_a_proxy_that_is_no_address_is_found(drop):
    wrong = only(found(UNREAD_PROXIES=["yes"]), "settings")
    assert "TRUSTED_PROXIES has 'yes'" in wrong.what


def test_a_short_look_reads_no_more_than_it_must(drop):
    looked = dict(look_over(importing=False, now=NOW, wholly=False))
    assert "counts" not in looked and {"database", "imports", "clock"} <= set(looked)


def test_links_that_lead_readers_to_their_own_machine_are_found(drop):
    hosts = ["127.0.0.1", "news.example"]
    wrong = found(SITE_URL="http://127.0.0.1:8000", ALLOWED_HOSTS=hosts)
    assert "SITE_URL" in only(wrong, "settings").what
    assert not any(
        found(SITE_URL="http://localhost:1", ALLOWED_HOSTS=["localhost"]).values()
    )


def test_any_subdomain_may_be_allowed(drop):
    assert not any(found(ALLOWED_HOSTS=[".example"]).values())


def test_a_cache_that_does_not_answer_is_found(drop):
    gone = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "x"}
    wrong = found(CACHES={"default": gone})
    assert "CACHE_URL" in only(wrong, "cache").todo


def test_what_an_import_left_is_found_with_what_to_run(drop):
    Page.objects.update(stale=Stale.CONTENT)
    assert "manage.py settle" in only(found(), "imports").todo
    assert not any(found(importing=True).values())
    settle(now=NOW)
    assert not any(found().values())


def test_articles_read_by_older_rules_are_found(drop):
    Article.objects.update(reading_version=0)
    assert "reread_drops" in only(found(), "imports").todo


@pytest.mark.parametrize(
    ("off", "wrong"),
    [
        (timedelta(days=-365 * 3), True),
        (timedelta(hours=-1), True),
        (timedelta(minutes=-1), False),
        (timedelta(days=40), False),
        (timedelta(days=365 * 3), True),
    ],
)
def test_a_clock_far_from_what_was_done_is_found(drop, off, wrong):
    looked = found(now=NOW + off)
    assert ImportRun.objects.count() == 1
    if wrong:
        assert "clock" in str(only(looked, "clock"))
    else:
        assert not any(looked.values())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("DELETE FROM django_migrations WHERE app = 'articles'", "manage.py migrate"),
        (
            "INSERT INTO django_migrations (app, name, applied) "
            "VALUES ('articles', '9999_later', '2030-01-01')",
            "articles.9999_later",
        ),
    ],
)
def test_a_database_of_another_version_is_found(drop, change, said, run_sql):
    run_sql(change)
    assert said in str(only(found(), "migrations"))


@pytest.fixture
def run_sql(db) -> Callable[[str], None]:
    def run(sql: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql)

    return run


def test_an_old_sqlite_is_found(drop, monkeypatch):
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 30, 1))
    monkeypatch.setattr(sqlite3, "sqlite_version", "3.30.1")
    assert "3.30.1" in only(found(), "SQLite").what


def test_a_full_disk_is_found(tmp_path, monkeypatch):
    usage = namedtuple("usage", "total used free")
    (tmp_path / "news").write_bytes(b"x" * 100)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(10, 9, 1))
    assert list(database._room(tmp_path / "news"))
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(10, 9, 10**12))
    assert not list(database._room(tmp_path / "news"))


def test_static_files_are_looked_for_one_by_one(production_static, tmp_path):
    collected = tmp_path / "static"
    shutil.copytree(production_static["STATIC_ROOT"], collected)
    served = production_static | {"STATIC_ROOT": collected}

    def told() -> str:
        with override_settings(**served):
            return " ".join(map(str, static_findings()))

    assert told() == ""
    (collected / "css" / "tokens.css").write_text("of an older version")
    assert "css/tokens.css" in told()
    shutil.copy(settings.BASE_DIR / "static" / "css" / "tokens.css", collected / "css")
    for path in collected.glob("css/reset.*.css"):
        path.unlink()
    assert "css/reset.css" in told()
    (collected / "staticfiles.json").unlink()
    assert "collectstatic" in told()
    shutil.rmtree(collected)
    assert "collectstatic" in told()


def test_nothing_makes_the_doctor_faint(drop, monkeypatch):
    def broken() -> None:
        raise ZeroDivisionError("of a new kind")

    monkeypatch.setattr("articles.operating.doctor.cache_findings", broken)
    assert "of a new kind" in only(found(), "cache").what


def test_the_command_says_what_it_found_and_ends_with_1(drop, capsys):
    with (
        override_settings(**SOUND | {"SECRET_KEY": "x"}),
        pytest.raises(SystemExit) as end,
    ):
        call_command("doctor")
    out = capsys.readouterr().out
    assert end.value.code == 1
    assert "settings: SECRET_KEY is weak.\n  why: " in out and "\n  do:  " in out
    assert "database: fine" in out


def test_an_import_that_runs_is_told(drop, capsys):
    with import_lock(), override_settings(**SOUND), pytest.raises(SystemExit):
        call_command("doctor")
    assert "imports: one is running" in capsys.readouterr().out


def not_there(site: Site) -> None:
    shutil.rmtree(site.folder)


def no_database(site: Site) -> None:
    site.database.write_text("These are words, and not few, but no database." * 40)


def empty(site: Site) -> None:
    site.database.write_bytes(b"")


def damaged(site: Site) -> None:
    held = bytearray(site.database.read_bytes())
    held[4096 * 3 : 4096 * 60] = b"\xaa" * (4096 * 57)
    site.database.write_bytes(held)


def a_folder(site: Site) -> None:
    site.database.unlink()
    site.database.mkdir()


def without_tables_of_ours(site: Site) -> None:
    site.database.unlink()
    with closing(sqlite3.connect(site.database)) as made:
        made.execute("CREATE TABLE x (a)")


def without_some_tables(site: Site) -> None:
    with closing(sqlite3.connect(site.database)) as held:
        held.execute("DROP TABLE articles_decision")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "spoil",
    [
        not_there,
        no_database,
        empty,
        damaged,
        a_folder,
        without_tables_of_ours,
        without_some_tables,
    ],
)
def test_whatever_is_broken_is_told_in_words(new_site, spoil):
    site = new_site()
    spoil(site)
    code, out, err = site.run("doctor")
    assert code == 1
    assert "Traceback" not in out + err and err == ""
    assert "imports: fine" not in out
    assert out.splitlines()[-1].endswith("to mend.")
