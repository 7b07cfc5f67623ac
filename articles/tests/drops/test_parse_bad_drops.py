"""The shared collection of broken and strange drops, at the level of the parser."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from articles.drops.reading import EntryCache, read_drop
from articles.rules.canonical_url import canonical_url

from .corpus_files import BAD_DROPS, needs_corpus

_LIST = BAD_DROPS / "expectations.jsonl"
_CASES = [json.loads(line) for line in _LIST.open()] if _LIST.exists() else []
pytestmark = needs_corpus


@pytest.mark.parametrize("case", _CASES, ids=lambda case: case["file"])
def test_a_bad_drop_is_answered_as_expected(case):
    raw = (BAD_DROPS / case["file"]).read_bytes()
    reading = read_drop(raw, entries=EntryCache())
    assert reading == read_drop(raw)
    outcome = "accept" if reading.drop else "reject"
    if reading.drop and reading.problems:
        outcome = "accept-with-warning"
    assert outcome in [case["expect"], *case.get("also_ok", [])]
    report = _report(case["file"], reading.problems)
    if reading.problems:
        assert all(word.lower() in report.lower() for word in case["must_contain"])
        for words in case.get("any_of", []):
            assert any(word.lower() in report.lower() for word in words)
    assert not any(text in report for text in case["must_not"])
    if reading.drop:
        _check_state(reading.drop, case.get("state", {}))


def _report(name, problems):
    return "\n".join(
        f"{name}:{p.line}:{p.column}: {p.field}: {p.message}" for p in problems
    )


def _check_state(drop, state):
    for name in {"title", "excerpt", "published"} & state.keys():
        assert getattr(drop, name) == state[name]
    if "topics" in state:
        assert list(drop.topics) == state["topics"]
    if "published_at" in state:
        assert drop.published_at == datetime.fromisoformat(state["published_at"])
    if "url" in state:
        assert drop.canonical_url == canonical_url(state["url"])
