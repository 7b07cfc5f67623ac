"""What the environment says is read, and what is wrong with it is told in one line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from articles.tests.ingest.process import ROOT, Site
from newsagg import environment, secret_key


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "postgres://u:secret@h:port/x"),
        ("DATABASE_URL", "mongodb://u:secret@h/x"),
        ("DATABASE_URL", "sqlite:////not/there/news.sqlite3"),
        ("HALF_LIFE", "0"),
        ("HALF_LIFE", "-3"),
        ("HALF_LIFE", "nan"),
        ("HALF_LIFE", "inf"),
        ("HALF_LIFE", "a day"),
        ("TIME_ZONE", "Mars/Olympus"),
        ("TIME_ZONE", "Europe"),
        ("TIME_ZONE", "../etc/passwd"),
        ("TIME_ZONE", "UTC\n"),
        ("VAR_DIR", "/etc/passwd"),
        ("VAR_DIR", "/proc/no/such"),
    ],
)
def test_a_wrong_value_is_named_and_a_password_is_not(
    name, value, monkeypatch, tmp_path, recwarn
):
    monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured) as told:
        environment.var_dir()
        environment.time_zone()
        environment.half_life()
        environment.database(tmp_path)
    assert str(told.value).startswith(name)
    assert len(str(told.value).splitlines()) == 1
    assert "secret" not in str(told.value)
    assert list(recwarn) == []


@pytest.mark.parametrize("name", ["DATABASE_URL", "TIME_ZONE", "VAR_DIR", "SEEDS_DIR"])
def test_an_empty_value_is_none(name, monkeypatch, tmp_path):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv(name, "")
    assert environment.folder("VAR_DIR", ROOT / "var").name
    assert environment.folder("SEEDS_DIR", ROOT / "seeds") != ROOT
    assert environment.time_zone() == "UTC"
    assert environment.database(tmp_path)["NAME"] == tmp_path / "newsagg.sqlite3"


@pytest.mark.parametrize("name", ["two words", "100%", "what?", "#1", "ö"])
def test_a_folder_may_have_any_name(name, monkeypatch, tmp_path):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("VAR_DIR", str(tmp_path / name / "deep"))
    found = environment.var_dir()
    assert found.is_dir() and found == tmp_path / name / "deep"
    assert environment.database_file(environment.database(found)) == (
        found / "newsagg.sqlite3"
    )


def test_a_relative_folder_is_below_the_checkout_wherever_one_stands(
    monkeypatch, tmp_path
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SEEDS_DIR", "elsewhere")
    assert environment.folder("SEEDS_DIR", tmp_path) == ROOT / "elsewhere"


@pytest.mark.parametrize("command", ["migrate", "import_seeds", "check", "doctor"])
@pytest.mark.parametrize(
    "wrong",
    [
        {"VAR_DIR": "/etc/passwd"},
        {"DATABASE_URL": "nonsense"},
        {"DATABASE_URL": f"sqlite:///{ROOT / 'README.md'}"},
        {"SECRET_KEY": ""},
    ],
    ids=str,
)
@pytest.mark.nightly
def test_no_command_answers_a_wrong_setting_with_a_traceback(command, wrong, tmp_path):
    code, err = manage(command, **{"VAR_DIR": tmp_path} | wrong)
    assert code in (0, 1, 2)
    assert "Traceback" not in err


def test_a_file_that_is_no_database_is_told_in_a_line(tmp_path):
    site = Site(tmp_path)
    site.database.write_text("These are words, and not few, but no database." * 40)
    code, _, err = site.run("migrate")
    assert code == 1
    assert err.splitlines() == [
        "newsagg: the database: file is not a database. "
        "`manage.py doctor` looks into it."
    ]


def test_a_key_is_written_once_and_for_its_owner_alone(tmp_path, monkeypatch):
    monkeypatch.delenv("SECRET_KEY")
    was = os.umask(0)
    try:
        secret_key.write(tmp_path)
    finally:
        os.umask(was)
    key = secret_key.secret_key(tmp_path, debug=False)
    assert len(key) >= 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    secret_key.write(tmp_path)
    assert secret_key.secret_key(tmp_path, debug=False) == key


@pytest.mark.parametrize("held", [b"", b" \n", b"\xff\xfe"])
def test_a_file_without_a_key_is_none(held, tmp_path, monkeypatch):
    monkeypatch.delenv("SECRET_KEY")
    (tmp_path / "secret_key").write_bytes(held)
    with pytest.raises(ImproperlyConfigured, match="secret_key"):
        secret_key.secret_key(tmp_path, debug=False)


def test_make_run_writes_the_key_where_the_settings_look_for_it(tmp_path):
    """Its first step, by the folder that the environment or `.env` names."""
    plan = subprocess.run(
        ["make", "--dry-run", "run"], cwd=ROOT, capture_output=True, text=True
    )
    assert plan.returncode == 0, plan.stderr
    assert "newsagg.secret_key" in plan.stdout
    folder = tmp_path / "some where" / "var"
    subprocess.run(
        [sys.executable, "-m", "newsagg.secret_key"],
        cwd=ROOT,
        env=os.environ | {"VAR_DIR": str(folder), "SECRET_KEY": ""},
        check=True,
    )
    assert (folder / "secret_key").stat().st_mode & 0o777 == 0o600
    code, err = manage("check", VAR_DIR=folder, SECRET_KEY="")
    assert code == 0, err


def manage(command: str, **given: str | Path) -> tuple[int, str]:
    """Run a command in an environment; its exit code and what it says of errors."""
    done = subprocess.run(
        [sys.executable, "manage.py", command],
        cwd=ROOT,
        env=os.environ
        | {"DJANGO_SETTINGS_MODULE": "newsagg.settings", "SECRET_KEY": "a" * 50}
        | {name: str(value) for name, value in given.items()},
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stderr


def test_a_server_with_a_wrong_setting_ends_in_a_line(tmp_path):
    """With the code by which gunicorn knows not to start it again and again."""
    done = subprocess.run(
        [sys.executable, "-c", "import newsagg.wsgi"],
        cwd=ROOT,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "newsagg.settings",
            "SECRET_KEY": "",
            "VAR_DIR": str(tmp_path),
        },
        capture_output=True,
        text=True,
    )
    assert done.returncode == 4
    assert done.stderr.startswith("newsagg: SECRET_KEY is not set.")
    assert len(done.stderr.splitlines()) == 1


def test_people_do_not_wait_longer_than_they_would_for_a_locked_database():
    options = settings.DATABASES["default"].get("OPTIONS", {})
    assert options.get("timeout", 0) <= 10
