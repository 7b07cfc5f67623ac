"""An installation of its own for each measurement, in a folder that goes away."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .process import Finished, run

ROOT = Path(__file__).resolve().parent.parent
HISTORY = ("articles_importrun", "sqlite_sequence")
_PASSED_ON = ("HOME", "LANG", "PATH", "TMPDIR")


class Site:
    """A database and what else a process needs to know, in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "newsagg.sqlite3"
        folder.mkdir(parents=True, exist_ok=True)
        kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        self.env = kept | {
            "ALLOWED_HOSTS": "testserver",
            "DATABASE_URL": f"sqlite:///{self.database}",
            "DEBUG": "0",
            "DJANGO_SETTINGS_MODULE": "newsagg.settings",
            "SECRET_KEY": "only for figures, where nothing is secret",
            "VAR_DIR": str(folder),
        }

    def copy(self, folder: Path) -> Site:
        """Another site in the same state."""
        other = Site(folder)
        shutil.copy2(self.database, other.database)
        return other

    def manage(
        self, *words: str | Path, codes: Sequence[int] = (0,), watch: bool = False
    ) -> Finished:
        """Run one of the project's commands."""
        return self._python("manage.py", *words, codes=codes, watch=watch)

    def import_drops(
        self,
        folder: Path,
        *,
        codes: Sequence[int] = (0,),
        watch: bool = False,
        publish: bool = False,
    ) -> tuple[Finished, dict[str, Any]]:
        """Import a folder; the process and its report."""
        words = ("--publish",) if publish else ()
        ended = self.manage(
            "import_seeds", folder, "--json", *words, codes=codes, watch=watch
        )
        return ended, json.loads(ended.stdout)

    def inside(self, *words: str | Path) -> tuple[Finished, Any]:
        """Run a measurement of `bench.inside`; the process and what it found."""
        ended = self._python("-m", "bench.inside", *words)
        return ended, json.loads(ended.stdout)

    def query(self, sql: str) -> Sequence[Any]:
        """One row of the database."""
        held = sqlite3.connect(self.database)
        try:
            row: Sequence[Any] = held.execute(sql).fetchone()
            return row
        finally:
            held.close()

    def table_digests(self) -> dict[str, bytes]:
        """A digest of every table but those that only tell what was done when."""
        held = sqlite3.connect(self.database)
        names = held.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        found = {}
        for (name,) in names.fetchall():
            if name not in HISTORY:
                digest = hashlib.blake2b()
                for row in held.execute(f'SELECT * FROM "{name}" ORDER BY 1'):
                    digest.update(repr(row).encode())
                found[name] = digest.digest()
        held.close()
        return found

    def _python(
        self, *words: str | Path, codes: Sequence[int] = (0,), watch: bool = False
    ) -> Finished:
        return run(
            [sys.executable, *words],
            env=self.env,
            cwd=ROOT,
            codes=codes,
            watch_memory=watch,
        )
