"""The real command in a process of its own, on a database file of its own."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
# What the state of a site is, asked in a process that has only that site.
TELL = "import pickle, sys\nfrom articles.tests.ingest.state import site_state\nsys.stdout.buffer.write(pickle.dumps(site_state()))"


@dataclass(frozen=True)
class Site:
    """One installation in a folder."""

    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / "news.sqlite3"

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {
            "DATABASE_URL": f"sqlite:///{self.database}",
            "VAR_DIR": str(self.folder),
            "STATIC_ROOT": str(self.folder / "static"),
            "SECRET_KEY": "for a process of the tests",
            "DJANGO_SETTINGS_MODULE": "newsagg.settings",
            "DEBUG": "0",
            "CACHE_URL": "",  # as it is where nobody chooses one
        }

    def start(self, *words: str | Path, **given: Any) -> subprocess.Popen[str]:
        """Start a command of manage.py."""
        return subprocess.Popen(
            [sys.executable, "manage.py", *map(str, words)],
            cwd=ROOT,
            env=self.environment,
            text=True,
            **dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE) | given,
        )

    def run(self, *words: str | Path, stdin: str = "") -> tuple[int, str, str]:
        """Run a command to its end: exit code, stdout, stderr."""
        process = self.start(*words)
        out, err = process.communicate(stdin, timeout=300)
        return process.returncode, out, err

    def report(self, *words: str | Path, stdin: str = "") -> dict[str, Any]:
        """What `import_seeds --json` says."""
        code, out, err = self.run("import_seeds", "--json", *words, stdin=stdin)
        assert "Traceback" not in err, err
        return json.loads(out) | {"exit": code, "stderr": err}

    def state(self) -> Any:

        told = subprocess.run(
            [sys.executable, "-c", f"import django; django.setup()\n{TELL}"],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            check=True,
        )
        return pickle.loads(told.stdout)
