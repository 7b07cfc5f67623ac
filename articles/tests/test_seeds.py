"""Stories of the five seeds are what people call one event, whatever they are called."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pytest
import yaml

from articles.ingest.finding.sources import find_sources
from articles.ingest.run import Options, run_import
from articles.tests.labels import exported, groups, rows, score
from articles.tests.make import NOW, front_matter, import_drops


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
