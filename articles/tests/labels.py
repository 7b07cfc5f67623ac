"""Stories beside the labels that people gave, measured by the corpus' own scorer."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from django.core.management import call_command

Rows = list[dict[str, Any]]


def exported() -> Rows:
    """What `export_stories` prints: the story of every spelling of every page."""
    out = io.StringIO()
    call_command("export_stories", stdout=out)
    return lines(out.getvalue())


def rows(path: Path) -> Rows:
    return lines(path.read_text(encoding="utf-8"))


def lines(text: str) -> Rows:
    # Not splitlines: titles and URLs hold other characters that end lines.
    return [json.loads(line) for line in text.split("\n") if line]


def score(gold: Rows, predicted: Rows, folder: Path) -> dict[str, float]:
    """The figures of the scorer that comes with the corpus."""
    scorer = (
        Path(__file__).resolve().parents[3] / "shared" / "tools" / "score_stories.py"
    )
    for name, held in (("gold", gold), ("predicted", predicted)):
        text = "".join(f"{json.dumps(row)}\n" for row in held)
        (folder / name).write_text(text, encoding="utf-8")
    command = [
        sys.executable,
        str(scorer),
        str(folder / "gold"),
        str(folder / "predicted"),
        "--json",
    ]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(answer.stdout)


def groups(held: Rows, key: str, urls: set[str] | None = None) -> list[set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in held:
        if urls is None or row["url"] in urls:
            found[row[key]].add(row["url"])
    return list(found.values())
