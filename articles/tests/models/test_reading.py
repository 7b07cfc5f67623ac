"""Who reads sees one moment; who replaces the file meets nobody."""

from __future__ import annotations

from contextlib import closing

import pytest
from django.db import OperationalError, connection, transaction

from articles.models.writing import nobody_writing, reading, writing

from .asking import can_write, in_a_file, numbers, take_turn, turn_is_free, write

pytestmark = in_a_file


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
