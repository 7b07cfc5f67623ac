"""Nothing is erased for good by a slip of the hand."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command

from articles.models import Drop
from articles.tests.make import import_drops, make_drop

# What is erased is overwritten too, which no transaction allows.
pytestmark = pytest.mark.django_db(transaction=True)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _a_drop():
    import_drops({"a.txt": make_drop()})


def refused(*words: str) -> CommandError:
    with pytest.raises(CommandError) as ended:
        call_command("forget", *words)
    assert Drop.objects.filter(source_name="a").exists()
    return ended.value


def test_without_a_terminal_it_has_to_be_said_in_the_command(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    error = refused("a")
    assert error.returncode == 2 and "--yes" in str(error)
    call_command("forget", "a", "--yes")
    assert not Drop.objects.exists()


@pytest.mark.parametrize("answer", ["", "\n", "n\n", "no\n", "why?\n"])
def test_a_terminal_is_asked_and_whatever_is_no_yes_erases_nothing(
    monkeypatch, capsys, answer
):
    monkeypatch.setattr("sys.stdin", Terminal(answer))
    assert refused("a").returncode == 2
    assert "1 version of a" in capsys.readouterr().err


@pytest.mark.parametrize("answer", ["y\n", "YES\n"])
def test_a_yes_erases(monkeypatch, answer):
    monkeypatch.setattr("sys.stdin", Terminal(answer))
    call_command("forget", "a")
    assert not Drop.objects.exists()


def test_what_is_not_there_is_said_before_anything_is_asked(monkeypatch):
    monkeypatch.setattr("sys.stdin", Terminal("y\n"))
    assert "'nobody'" in str(refused("nobody"))
