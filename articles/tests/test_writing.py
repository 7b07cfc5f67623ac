"""Every transaction begins at one place, writers take turns, readers see one moment."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from .conftest import ROOT

WRITING = Path("articles/models/writing.py")
DIRECT = {"atomic", "set_autocommit", "commit", "rollback", "non_atomic_requests"}


def _transactions(text: str) -> list[int]:
    """The lines on which transactions are begun or ended by hand."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.module == "django.db.transaction":
            found.append(node.lineno)
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id in ("transaction", "connection")
            and node.attr in DIRECT
        ):
            found.append(node.lineno)
        if isinstance(node, ast.Constant) and _begins(node.value):
            found.append(node.lineno)
    return found


def _begins(value: object) -> bool:
    return isinstance(value, str) and value.upper().split()[:1] in (
        ["BEGIN"],
        ["SAVEPOINT"],
    )


def test_every_transaction_begins_in_one_place() -> None:
    modules = [
        path.relative_to(ROOT)
        for folder in ("articles", "newsagg")
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "tests" not in path.parts
    ]
    found = {
        str(path): lines
        for path in modules
        if path != WRITING
        and (lines := _transactions((ROOT / path).read_text(encoding="utf-8")))
    }
    assert found == {}
    assert _transactions((ROOT / WRITING).read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "text",
    [
        "with transaction.atomic(): pass",
        "from django.db.transaction import atomic",
        "cursor.execute('begin immediate')",
        "transaction.set_autocommit(False)",
    ],
)
def test_another_way_is_found(text: str) -> None:
    assert _transactions(text) == [1]
