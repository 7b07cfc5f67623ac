"""A database in a file, as sites have it, in place of the one of the tests."""

from __future__ import annotations

import copy
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test import override_settings

from .asking import execute


@pytest.fixture
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
