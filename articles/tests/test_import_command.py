"""`import_seeds` as an operator meets it: what it prints, and how it ends."""

from __future__ import annotations

import io
import json
import re
import tarfile
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection

from articles.ingest.lock import import_lock
from articles.models import Article, Decision, ImportRun
from articles.publishing import withdraw

from .make import import_drops, make_drop

GOOD = make_drop(title="Good news", webUrl="https://example.com/good")
BAD = make_drop(title=None)
KEYS = ["files", "created", "updated", "unchanged", "rejected", "seconds", "articles", "linked_pages", "stories", "listed", "import_run", "problems"]


@pytest.fixture
def run(db, capsys):
    """Run the command; answers with its exit code, stdout and stderr."""

    def run(*arguments: object) -> SimpleNamespace:
        code: object = 0
        capsys.readouterr()
        try:
            call_command("import_seeds", *map(str, arguments))
        except SystemExit as end:
            code = end.code
        except CommandError as error:
            code = error.returncode
        out, err = capsys.readouterr()
        return SimpleNamespace(code=code, out=out, err=err)

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a good drop, a bad one, and files that are no drops."""
    inside = tmp_path / "drops"
    (inside / "deep").mkdir(parents=True)
    (inside / ".hidden").mkdir()
    (inside / "bad.txt").write_bytes(BAD)
    (inside / "deep" / "good.MD").write_bytes(GOOD)
    for name in (".hidden/a.txt", ".b.txt", "notes.pdf", ".keep", "deep/.keep"):
        (inside / name).write_bytes(b"" if name.endswith(".keep") else GOOD)
    return inside


def dump(*, runs: bool = False) -> dict[str, list[tuple]]:
    """Every row of the site; those of import runs where asked for."""
    models = [model for model in apps.get_app_config("articles").get_models() if runs or model is not ImportRun]
    return {model.__name__: list(model.objects.order_by("pk").values_list()) for model in models}


def test_seeds_twice_are_unchanged_and_write_nothing_but_the_run(run, seeds):
    first = json.loads(run(seeds, "--publish", "--json").out)
    assert (first["created"], first["listed"]) == (5, 5)
    before = dump()
    written = connection.connection.total_changes if connection.vendor == "sqlite" else 0
    second = run(seeds, "--publish", "--json")
    if connection.vendor == "sqlite":
        assert connection.connection.total_changes - written == 2  # the run, begun and ended
    assert dump() == before
    found = json.loads(second.out)
    assert second.code == 0
    assert (found["files"], found["unchanged"], found["created"], found["updated"]) == (5, 5, 0, 0)
    assert ImportRun.objects.count() == 2


def test_json_is_one_object_of_fixed_keys_and_nothing_else_is_on_stdout(run, folder):
    answer = run(folder, "--json")
    found = json.loads(answer.out)
    assert list(found) == KEYS
    assert {key: found[key] for key in KEYS[:5]} == {"files": 2, "created": 1, "updated": 0, "unchanged": 0, "rejected": 1}
    assert (found["articles"], found["linked_pages"], found["stories"], found["listed"]) == (1, 0, 1, 1)
    assert found["import_run"] == ImportRun.objects.get().pk
    assert found["seconds"] >= 0
    [problem] = found["problems"]
    assert list(problem) == ["path", "line", "column", "field", "severity", "message"]
    assert (problem["path"], problem["field"], problem["severity"]) == (str(folder / "bad.txt"), "title", "error")


def test_without_json_stdout_is_empty(run, folder):
    assert run(folder).out == ""


def test_the_report_goes_to_a_file_as_well(run, folder, tmp_path):
    answer = run(folder, "--json", "--report", tmp_path / "report.json")
    assert json.loads((tmp_path / "report.json").read_text()) == json.loads(answer.out)


def test_a_problem_is_one_line_that_names_file_place_field_and_reason(run, tmp_path):
    (tmp_path / "title.txt").write_bytes(BAD)
    (tmp_path / "url.txt").write_bytes(make_drop(webUrl="ftp://example.com/"))
    (tmp_path / "yaml.txt").write_bytes(b"---\ntitle: a\nexcerpt: [b\n---\n")
    (tmp_path / "prose.txt").write_bytes(b"Once upon a time.\n")
    answer = run(tmp_path)
    assert answer.code == 1
    lines = [line for line in answer.err.splitlines() if line.startswith(str(tmp_path))]
    said = {Path(line.partition(":")[0]).name: line.partition(":")[2] for line in lines}
    assert len(lines) == len(said) == 4
    assert re.match(r"(\d+:\d+: ?)?title: \w+", said["title.txt"].strip())
    assert re.match(r"\d+:\d+: webUrl: \w+", said["url.txt"])
    assert re.match(r"\d+:\d+: \w+", said["yaml.txt"])
    assert re.match(r"(\d+:(\d+:)?)? ?\w+", said["prose.txt"])
    assert "Traceback" not in answer.err


def test_exit_codes_tell_how_it_went(run, folder, tmp_path):
    assert run(folder / "deep").code == 0
    assert run(folder).code == 1
    assert run(tmp_path / "nowhere").code == 2
    assert run("-").code == 2
    with import_lock():
        assert run(folder).code == 3
    assert ImportRun.objects.count() == 2


def test_strict_counts_warnings_as_rejections(run, tmp_path):
    (tmp_path / "a.txt").write_bytes(make_drop(mood="cheerful"))
    assert run(tmp_path, "--strict").code == 1
    assert Article.objects.count() == 0
    lenient = run(tmp_path)
    assert (lenient.code, Article.objects.count()) == (0, 1)
    assert "warning" in lenient.err


def test_fail_fast_stops_at_the_first_rejection(run, tmp_path):
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_bytes(BAD if name == "b.txt" else make_drop())
    found = json.loads(run(tmp_path, "--fail-fast", "--json").out)
    assert found["rejected"] == 1
    assert not Article.objects.filter(source_name="c").exists()


def test_a_dry_run_writes_nothing_and_says_what_would_be(run, folder):
    import_drops({"deep/good.MD": GOOD})
    (folder / "deep" / "good.MD").write_bytes(GOOD.replace(b"Good news", b"Better news"))
    (folder / "new.txt").write_bytes(make_drop())
    before = dump(runs=True)
    answer = run(folder, "--dry-run", "--publish", "--json")
    assert dump(runs=True) == before
    found = json.loads(answer.out)
    assert (found["created"], found["updated"], found["rejected"]) == (1, 1, 1)
    assert found["import_run"] is None
    assert "Better news" in answer.out + answer.err
    assert answer.code == 1


def test_publish_decides_for_new_articles_only(run, tmp_path):
    (tmp_path / "a.txt").write_bytes(make_drop(published=False))
    assert json.loads(run(tmp_path, "--json").out)["listed"] == 0
    (tmp_path / "b.txt").write_bytes(make_drop(published=False))
    assert json.loads(run(tmp_path, "--publish", "--json").out)["listed"] == 1
    assert [(d.source_name, d.author, d.by) for d in Decision.objects.all()] == [("b", "import", None)]
    withdraw(Article.objects.get(source_name="b"))
    assert json.loads(run(tmp_path, "--publish", "--json").out)["listed"] == 0


def test_standard_input_needs_a_name_and_gives_it(run, monkeypatch):
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(GOOD)))
    assert run("-", "--name", "wire/today.txt").code == 0
    assert Article.objects.get().source_name == "wire/today"


def test_archives_are_like_their_unpacked_root(run, folder, tmp_path):
    with zipfile.ZipFile(tmp_path / "drops.zip", "w") as archive:
        for path in folder.rglob("*"):
            archive.write(path, path.relative_to(folder))
    for ending in ("tar", "tar.gz", "tar.xz"):
        with tarfile.open(tmp_path / f"drops.{ending}", f"w:{ending.removeprefix('tar').removeprefix('.')}") as archive:
            archive.add(folder, ".")
    plain = json.loads(run(folder, "--json").out)
    assert (plain["created"], plain["rejected"]) == (1, 1)
    for name in ("drops.zip", "drops.tar", "drops.tar.gz", "drops.tar.xz"):
        found = json.loads(run(tmp_path / name, "--json").out)
        assert (name, found["files"], found["unchanged"], found["rejected"]) == (name, 2, 1, 1)
    assert Article.objects.get().source_name == "deep/good"


def test_names_are_relative_to_the_folder_or_the_root(run, folder):
    run(folder / "deep" / "good.MD")
    run(folder / "deep" / "good.MD", "--root", folder.parent)
    names = Article.objects.order_by("pk").values_list("source_name", flat=True)
    assert list(names) == ["good", "drops/deep/good"]


def test_two_files_of_one_name_are_an_error_for_both(run, tmp_path):
    for name in ("a.txt", "a.md", "b.txt"):
        (tmp_path / name).write_bytes(make_drop())
    found = json.loads(run(tmp_path, "--json").out)
    assert (found["created"], found["rejected"]) == (1, 2)
    assert Article.objects.get().source_name == "b"
