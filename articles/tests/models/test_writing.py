"""Who writes has all of it or nothing, and its turn."""

from __future__ import annotations

import stat
from contextlib import closing

import pytest
from django.db import OperationalError, connection
from django.test import override_settings

from articles.models import writing as module
from articles.models.writing import writing

from .asking import can_write, in_a_file, numbers, take_turn, turn_is_free, write

pytestmark = in_a_file


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
