"""`import_seeds` as an operator meets it: what it prints, and how it ends."""

from __future__ import annotations

import json
import re
from pathlib import Path

from django.apps import apps
from django.db import connection

from articles.ingest.lock import import_lock
from articles.models import Article, Decision, ImportRun
from articles.publishing import withdraw
from articles.tests.make import BAD, GOOD, import_drops, make_drop

KEYS = [
    "files",
    "created",
    "updated",
    "unchanged",
    "rejected",
    "seconds",
    "articles",
    "linked_pages",
    "stories",
    "listed",
    "import_run",
    "problems",
]


def dump(*, runs: bool = False) -> dict[str, list[tuple]]:
    """Every row of the site; those of import runs where asked for."""
    models = [
        model
        for model in apps.get_app_config("articles").get_models()
        if runs or model is not ImportRun
    ]
    return {
        model.__name__: list(model.objects.order_by("pk").values_list())
        for model in models
    }


def test_seeds_twice_are_unchanged_and_write_nothing_but_the_run(import_seeds, seeds):
    first = json.loads(import_seeds(seeds, "--publish", "--json").out)
    assert (first["created"], first["listed"]) == (5, 5)
    before = dump()
    written = (
        connection.connection.total_changes if connection.vendor == "sqlite" else 0
    )
    second = import_seeds(seeds, "--publish", "--json")
    if connection.vendor == "sqlite":
        assert (
            connection.connection.total_changes - written == 2
        )  # the run, begun and ended
    assert dump() == before
    found = json.loads(second.out)
    assert second.code == 0
    assert (found["files"], found["unchanged"], found["created"], found["updated"]) == (
        5,
        5,
        0,
        0,
    )
    assert ImportRun.objects.count() == 2


def test_json_is_one_object_of_fixed_keys_and_nothing_else_is_on_stdout(
    import_seeds, drop_folder
):
    answer = import_seeds(drop_folder, "--json")
    found = json.loads(answer.out)
    assert list(found) == KEYS
    assert {key: found[key] for key in KEYS[:5]} == {
        "files": 2,
        "created": 1,
        "updated": 0,
        "unchanged": 0,
        "rejected": 1,
    }
    assert (
        found["articles"],
        found["linked_pages"],
        found["stories"],
        found["listed"],
    ) == (1, 0, 1, 1)
    assert found["import_run"] == ImportRun.objects.get().pk
    assert found["seconds"] >= 0
    [problem] = found["problems"]
    assert list(problem) == ["path", "line", "column", "field", "severity", "message"]
    assert (problem["path"], problem["field"], problem["severity"]) == (
        str(drop_folder / "bad.txt"),
        "title",
        "error",
    )


def test_without_json_stdout_is_empty(import_seeds, drop_folder):
    assert import_seeds(drop_folder).out == ""


def test_the_report_goes_to_a_file_as_well(import_seeds, drop_folder, tmp_path):
    answer = import_seeds(drop_folder, "--json", "--report", tmp_path / "report.json")
    assert json.loads((tmp_path / "report.json").read_text()) == json.loads(answer.out)


def test_a_problem_is_one_line_that_names_file_place_field_and_reason(
    import_seeds, tmp_path
):
    (tmp_path / "title.txt").write_bytes(BAD)
    (tmp_path / "url.txt").write_bytes(make_drop(webUrl="ftp://example.com/"))
    (tmp_path / "yaml.txt").write_bytes(b"---\ntitle: a\nexcerpt: [b\n---\n")
    (tmp_path / "prose.txt").write_bytes(b"Once upon a time.\n")
    answer = import_seeds(tmp_path)
    assert answer.code == 1
    lines = [line for line in answer.err.splitlines() if line.startswith(str(tmp_path))]
    said = {Path(line.partition(":")[0]).name: line.partition(":")[2] for line in lines}
    assert len(lines) == len(said) == 4
    assert re.match(r"(\d+:\d+: ?)?title: \w+", said["title.txt"].strip())
    assert re.match(r"\d+:\d+: webUrl: \w+", said["url.txt"])
    assert re.match(r"\d+:\d+: \w+", said["yaml.txt"])
    assert re.match(r"(\d+:(\d+:)?)? ?\w+", said["prose.txt"])
    assert "Traceback" not in answer.err


def test_exit_codes_tell_how_it_went(import_seeds, drop_folder, tmp_path):
    assert import_seeds(drop_folder / "deep").code == 0
    assert import_seeds(drop_folder).code == 1
    assert import_seeds(tmp_path / "nowhere").code == 2
    assert import_seeds("-").code == 2
    with import_lock():
        assert import_seeds(drop_folder).code == 3
    assert ImportRun.objects.count() == 2


def test_strict_counts_warnings_as_rejections(import_seeds, tmp_path):
    (tmp_path / "a.txt").write_bytes(make_drop(mood="cheerful"))
    assert import_seeds(tmp_path, "--strict").code == 1
    assert Article.objects.count() == 0
    lenient = import_seeds(tmp_path)
    assert (lenient.code, Article.objects.count()) == (0, 1)
    assert "warning" in lenient.err


def test_fail_fast_stops_at_the_first_rejection(import_seeds, tmp_path):
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_bytes(BAD if name == "b.txt" else make_drop())
    found = json.loads(import_seeds(tmp_path, "--fail-fast", "--json").out)
    assert found["rejected"] == 1
    assert not Article.objects.filter(source_name="c").exists()


def test_a_dry_run_writes_nothing_and_says_what_would_be(import_seeds, drop_folder):
    import_drops({"deep/good.MD": GOOD})
    (drop_folder / "deep" / "good.MD").write_bytes(
        GOOD.replace(b"Good news", b"Better news")
    )
    (drop_folder / "new.txt").write_bytes(make_drop())
    before = dump(runs=True)
    answer = import_seeds(drop_folder, "--dry-run", "--publish", "--json")
    assert dump(runs=True) == before
    found = json.loads(answer.out)
    assert (found["created"], found["updated"], found["rejected"]) == (1, 1, 1)
    assert found["import_run"] is None
    assert "Better news" in answer.out + answer.err
    assert answer.code == 1


def test_publish_decides_for_new_articles_only(import_seeds, tmp_path):
    (tmp_path / "a.txt").write_bytes(make_drop(published=False))
    assert json.loads(import_seeds(tmp_path, "--json").out)["listed"] == 0
    (tmp_path / "b.txt").write_bytes(make_drop(published=False))
    assert json.loads(import_seeds(tmp_path, "--publish", "--json").out)["listed"] == 1
    assert [(d.source_name, d.author, d.by) for d in Decision.objects.all()] == [
        ("b", "import", None)
    ]
    withdraw(Article.objects.get(source_name="b"))
    assert json.loads(import_seeds(tmp_path, "--publish", "--json").out)["listed"] == 0
