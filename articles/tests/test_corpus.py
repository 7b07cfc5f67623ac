"""The real corpus: every drop is accepted, and stories are what people call one event."""

from __future__ import annotations

import io
import json
import random
import subprocess
import sys
from collections import defaultdict
from datetime import datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import call_command

from articles.ingest.run import Options, run_import
from articles.ingest.sources import find_sources

from .make import NOW, front_matter, import_drops

Rows = list[dict[str, Any]]


def test_every_real_drop_is_accepted_and_stories_agree_with_their_labels(
    db, corpus, corpus_drops, tmp_path
):
    sources = list(find_sources(corpus_drops))
    report = run_import(sources, Options(), now=NOW)
    assert (report.created, report.rejected) == (3344, 0), report.problems[:3]
    assert report.listed > 400
    found = score(rows(corpus / "story-gold-dev.jsonl"), exported(), tmp_path)
    assert found["bcubed_f1"] >= 0.95
    assert found["multi_bcubed_f1"] >= 0.915
    assert found["pairwise_f1"] >= 0.80
    again = run_import(sources, Options(), now=NOW)
    assert (again.unchanged, again.created, again.updated) == (3344, 0, 0)


@pytest.mark.parametrize("disguised", [False, True], ids=["as they are", "in disguise"])
def test_stories_of_the_seeds_agree_with_their_labels(
    db, corpus, seeds, tmp_path, disguised
):
    """In disguise: opaque URLs, files and lists shuffled, all times 400 days later."""
    gold = rows(corpus / "story-gold-seeds.jsonl")
    if disguised:
        drops = [disguise(path) for path in sorted(seeds.iterdir())]
        random.Random(7).shuffle(drops)
        report = import_drops(
            {f"{number}.txt": raw for number, raw in enumerate(drops)}
        )
        gold = [row | {"url": opaque(row["url"])} for row in gold]
    else:
        report = run_import(list(find_sources(seeds)), Options(), now=NOW)
    assert (report.created, report.rejected) == (5, 0), report.problems
    predicted = exported()
    assert score(gold, predicted, tmp_path)["pairwise_f1"] >= 0.78
    events, stories = (
        groups(gold, "event"),
        groups(predicted, "story", {r["url"] for r in gold}),
    )
    several = [event for event in events if len(event) > 1]
    assert len(several) == 7
    assert sum(event in stories for event in several) >= 5


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


def opaque(url: str) -> str:
    return f"https://{blake2b(url.encode(), digest_size=9).hexdigest()}.example/"


def disguise(path: Path) -> bytes:
    """A drop that says the same with other URLs, later, in another order."""
    front = path.read_text(encoding="utf-8").split("\n---", 1)[0].removeprefix("---\n")
    return front_matter(_disguised(yaml.safe_load(front), random.Random(path.name)))


def _disguised(value: Any, chance: random.Random) -> Any:
    if isinstance(value, dict):
        found = {key: _disguised(held, chance) for key, held in value.items()}
        chance.shuffle(found.get("related") or [])
        return found
    if isinstance(value, list):
        return [_disguised(held, chance) for held in value]
    if isinstance(value, datetime):
        return value + timedelta(days=400)
    if isinstance(value, str) and value.startswith(("http://", "https://")):
        return opaque(value)
    return value
