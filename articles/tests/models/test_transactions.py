"""Transactions of a database in a file, which others write to as well."""

from __future__ import annotations

import copy
import fcntl
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection, connections, transaction
from django.test import override_settings

from articles.models import writing as module
from articles.models.writing import data_version, nobody_writing, reading, writing

pytestmark = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="files and their locks are SQLite's"
)


@pytest.fixture(autouse=True)
def file(tmp_path: Path, django_db_blocker: Any) -> Iterator[Path]:
    """The file of a database with a table of numbers, which is the site's for now."""
    file, usual = tmp_path / "some.sqlite3", connections["default"]
    own = connections.create_connection("default")
    own.settings_dict = copy.deepcopy(usual.settings_dict) | {"NAME": str(file)}
    own.settings_dict["OPTIONS"]["timeout"] = 0.2
    with override_settings(VAR_DIR=tmp_path), django_db_blocker.unblock():
        connections["default"] = own
        try:
            execute("CREATE TABLE some (number)")
            yield file
        finally:
            own.close()
            connections["default"] = usual


@pytest.fixture
def other(file: Path) -> Iterator[sqlite3.Connection]:
    """Another process' connection, which commits what it says at once."""
    with closing(sqlite3.connect(file, timeout=0, isolation_level=None)) as other:
        yield other


def execute(sql: str, *given: object) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return cursor.fetchall() if cursor.description else []


def write(number: int) -> None:
    execute("INSERT INTO some VALUES (%s)", number)


def numbers() -> list[int]:
    return [number for (number,) in execute("SELECT number FROM some ORDER BY number")]


def can_write(other: sqlite3.Connection) -> bool:
    try:
        other.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return False
    other.execute("ROLLBACK")
    return True


def take_turn(folder: Path) -> Any:
    """What holds the turn of writers, until it is closed."""
    held = open(folder / "writing.lock", "a")  # noqa: SIM115
    fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return held


def turn_is_free(folder: Path) -> bool:
    try:
        take_turn(folder).close()
    except BlockingIOError:
        return False
    return True


# Writing


def test_what_is_written_stays_or_none_of_it(other):
    with writing():
        write(1), write(2)
        assert connection.in_atomic_block
    assert not connection.in_atomic_block
    with pytest.raises(ZeroDivisionError), writing():
        write(3)
        raise ZeroDivisionError
    assert not connection.in_atomic_block
    assert other.execute("SELECT number FROM some").fetchall() == [(1,), (2,)]


def test_a_part_that_fails_is_undone_alone():
    with writing():
        write(1)
        with pytest.raises(ZeroDivisionError), writing():
            write(2)
            raise ZeroDivisionError
        with writing():
            write(3)
    assert numbers() == [1, 3]


def test_what_a_part_wrote_goes_with_the_whole():
    with pytest.raises(ZeroDivisionError), writing():
        with writing():
            write(1)
        raise ZeroDivisionError
    assert numbers() == []


def test_the_lock_is_taken_at_the_beginning_and_given_back_at_the_end(other):
    with writing():
        assert not can_write(other)
    assert can_write(other)


def test_the_turn_is_held_no_longer_than_it_takes_to_get_the_lock(tmp_path):
    with writing():
        assert turn_is_free(tmp_path)


def test_who_writes_stands_behind_whoever_has_the_turn(tmp_path, monkeypatch):
    """It looks again and again, and goes on as soon as the turn is given back."""
    held, waited = take_turn(tmp_path), []

    def sleep(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 3:
            held.close()

    monkeypatch.setattr(module.time, "sleep", sleep)
    with writing():
        write(1)
    assert waited == [module.POLL] * 3
    assert numbers() == [1]


@pytest.mark.parametrize(("given", "waits"), [(7, 7), (None, 5)])
def test_whoever_waits_for_longer_than_the_timeout_is_told(
    tmp_path, monkeypatch, given, waits
):
    clock = [100.0]

    def sleep(seconds: float) -> None:
        clock[0] += 1.0

    monkeypatch.setattr(module.time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(module.time, "sleep", sleep)
    options = connection.settings_dict["OPTIONS"]
    options.pop("timeout")
    if given:
        options["timeout"] = given
    with closing(take_turn(tmp_path)):
        with pytest.raises(OperationalError, match="database is locked"), writing():
            raise AssertionError("it wrote out of turn")
        assert clock[0] == 100 + waits + 1
    assert not connection.in_atomic_block
    with writing():
        write(1)


def test_without_options_the_usual_timeout_holds(tmp_path, monkeypatch):
    connection.ensure_connection()
    connection.settings_dict.pop("OPTIONS")
    clock = iter(range(100, 200))
    monkeypatch.setattr(module.time, "monotonic", lambda: next(clock))
    monkeypatch.setattr(module.time, "sleep", lambda seconds: None)
    with closing(take_turn(tmp_path)), pytest.raises(OperationalError), writing():
        raise AssertionError("it wrote out of turn")
    assert next(clock) == 107  # asked once at the start, then till 106 > 100 + 5


def test_a_part_needs_no_turn(tmp_path):
    with writing(), closing(take_turn(tmp_path)), writing():
        write(1)
    assert numbers() == [1]


def test_where_no_file_can_be_made_the_database_says_who_may_write(tmp_path, other):
    with override_settings(VAR_DIR=tmp_path / "not there"):
        with writing():
            write(1)
            assert not can_write(other)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError, match="locked"), writing():
            raise AssertionError("two write at once")


def test_what_fails_inside_is_not_taken_for_a_missing_file():
    calls = []
    with pytest.raises(OSError, match="full"), writing():
        calls.append(1)
        raise OSError("the disk is full")
    assert calls == [1]


def test_the_file_of_the_turn_is_its_owners(tmp_path):
    with writing():
        pass
    held = tmp_path / "writing.lock"
    assert stat.S_IMODE(held.stat().st_mode) == 0o600
    held.write_text("a note")
    with writing():
        pass
    assert held.read_text() == "a note"


# Reading


def test_what_others_write_meanwhile_is_not_seen(other):
    write(1)
    with reading():
        assert numbers() == [1]
        other.execute("INSERT INTO some VALUES (2)")
        assert numbers() == [1]
    assert numbers() == [1, 2]


def test_readers_lock_nothing_and_wait_for_nobody(tmp_path, other):
    other.execute("BEGIN IMMEDIATE")
    with closing(take_turn(tmp_path)), reading():
        assert numbers() == []
    other.execute("ROLLBACK")
    with reading():
        assert numbers() == []
        assert can_write(other)


def test_a_failure_ends_the_moment_as_well(other):
    with pytest.raises(ZeroDivisionError), reading():
        numbers()
        raise ZeroDivisionError
    other.execute("INSERT INTO some VALUES (2)")
    assert numbers() == [2]


def test_within_a_transaction_reading_is_a_part_of_it():
    with writing():
        write(1)
        with reading():
            assert numbers() == [1]
        write(2)
        transaction.set_rollback(True)
    assert numbers() == []


# Others


def test_the_version_is_another_one_as_soon_as_another_has_written(other):
    first = data_version()
    write(1)
    assert data_version() == first
    other.execute("INSERT INTO some VALUES (2)")
    second = data_version()
    assert second != first
    assert data_version() == second


def test_where_the_database_cannot_tell_each_answer_is_another(monkeypatch):
    monkeypatch.setattr(type(connections["default"]), "vendor", "postgresql")
    assert data_version() != data_version()


# Replacing the file


def test_nobody_writes_while_the_file_is_replaced(tmp_path, other):
    numbers()
    with nobody_writing():
        assert connection.connection is None  # none holds the old file open
        assert not turn_is_free(tmp_path)
    assert turn_is_free(tmp_path)


def test_it_waits_for_who_has_the_turn(tmp_path):
    with (
        closing(take_turn(tmp_path)),
        pytest.raises(OperationalError),
        nobody_writing(),
    ):
        raise AssertionError("somebody writes")


def test_it_is_told_who_goes_on_writing(other):
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(OperationalError, match="locked"), nobody_writing():
        raise AssertionError("somebody writes")
    assert connection.connection is None
    other.execute("ROLLBACK")
    with nobody_writing():
        pass


def test_what_is_no_database_can_be_replaced(file, tmp_path):
    connection.close()
    for path in file.parent.glob("some.sqlite3*"):
        path.write_bytes(b"this is no database, but long enough to be one" * 30)
    done = []
    with nobody_writing():
        done.append(not turn_is_free(tmp_path))
    assert done == [True]
