"""The broken and strange drops, alone and together, through the real command."""

from __future__ import annotations

import functools
import json
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.core.management import call_command

from articles.models import Article, Page, Topic
from articles.publishing import publish, withdraw
from articles.tests.make import make_drop

from .state import assert_same, raw_tables, site_faces, site_state, tables_holding

pytestmark = pytest.mark.django_db
CORPUS = Path(__file__).resolve().parents[4] / "shared" / "corpus" / "bad-drops"
CASES = (
    [
        json.loads(line)
        for line in (CORPUS / "expectations.jsonl").read_text().splitlines()
    ]
    if CORPUS.is_dir()
    else []
)
ALONE = [case for case in CASES if "group" not in case]
by_file = functools.partial(
    pytest.mark.parametrize, "case", ids=lambda case: Path(case["file"]).stem
)


@pytest.fixture
def run(capsys, tmp_path):
    """Imports what lies at a path: exit code, report, all that was said."""

    def run(path):
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            call_command("import_seeds", str(path), "--json")
        said = capsys.readouterr()
        return ended.value.code, json.loads(said.out), said.out + said.err

    return run


def outcome(report: dict, file: str) -> tuple[str, str]:
    """What became of a file, and all messages about it."""
    mine = [one for one in report["problems"] if one["path"].endswith(file)]
    words = " ".join(
        f"{one['path']}:{one['line']}: {one['field']}: {one['message']}" for one in mine
    )
    if any(one["severity"] == "error" for one in mine):
        return "reject", words
    return ("accept-with-warning" if mine else "accept"), words


def check(case: dict, report: dict, said: str) -> str:
    became, words = outcome(report, case["file"])
    assert became in {case["expect"], *case.get("also_ok", ())}, words
    if became != "accept":
        for part in case["must_contain"] if became == case["expect"] else ():
            assert part.lower() in words.lower()
        for parts in case.get("any_of", ()):
            assert any(part.lower() in words.lower() for part in parts), words
    assert not [text for text in case["must_not"] if text in said]
    assert "SECRET-" not in said and case.get("side_effect_absent") not in [
        p.name for p in Path.cwd().iterdir()
    ]
    return became


def check_stored(case: dict) -> None:
    article = Article.objects.get(source_name=case["file"].rsplit(".", 1)[0])
    state = case.get("state", {})
    for name in {"title", "excerpt", "url", "published"} & state.keys():
        assert getattr(article, name) == state[name]
    if "published_at" in state:
        assert f"{article.published_at:%Y-%m-%dT%H:%M:%SZ}" == state["published_at"]
    if "topics" in state:
        assert [label.name for label in article.labels.order_by("position")] == state[
            "topics"
        ]
    assert "\r" not in article.title + article.excerpt
    if "max_related_shown" in case:
        named = {one.page.canonical_url for one in article.mentions.all()} - {
            article.page.canonical_url
        }
        assert len(named) <= case["max_related_shown"]


def check_faces(case: dict, client) -> None:
    """Nothing forbidden in any answer, and feeds that a machine can read."""
    publish(list(Article.objects.select_related("page")), why="to see its pages")
    for address, (_, body) in site_faces(client).items():
        assert not [text for text in case["must_not"] if text in body], address
        assert "SECRET-" not in body
        if address.startswith("/feed."):
            ElementTree.fromstring(body)


@by_file(ALONE)
def test_a_bad_drop_alone_ends_as_expected(case, corpus, tmp_path, run, client):
    shutil.copy(corpus / "bad-drops" / case["file"], tmp_path)
    before = site_state()
    code, report, said = run(tmp_path)
    became = check(case, report, said)
    assert code == (1 if became == "reject" else 0)
    assert report["seconds"] < case.get("limits", {}).get("max_seconds", 10)
    if became == "reject":
        assert tables_holding(case["token"]) == [
            "articles_importrun"
        ] or not tables_holding(case["token"])
        assert_same(before, site_state())
        return
    check_stored(case)
    assert Topic.objects.count() >= case.get("min_topics", 0)
    check_faces(case, client)
    assert code == run(tmp_path)[0]


def test_all_together_each_ends_as_alone_and_the_good_ones_are_in(
    corpus, tmp_path, run, client
):
    for case in ALONE:
        shutil.copy(corpus / "bad-drops" / case["file"], tmp_path)
    (tmp_path / "good.txt").write_bytes(make_drop(title="A good one"))
    code, report, said = run(tmp_path)
    became = {case["file"]: check(case, report, said) for case in ALONE}
    rejected = [file for file, end in became.items() if end == "reject"]
    assert code == 1 and report["rejected"] == len(rejected)
    assert report["created"] == len(ALONE) - len(rejected) + 1
    for case in ALONE:
        if case["file"] in rejected:
            assert set(tables_holding(case["token"])) <= {"articles_importrun"}
        else:
            check_stored(case)
    check_faces(
        {"must_not": [text for case in ALONE for text in case["must_not"]]}, client
    )


@by_file([case for case in ALONE if case["expect"] == "reject"])
def test_a_rejected_drop_leaves_the_good_version_before_it(case, corpus, tmp_path, run):
    name = case["file"]
    (tmp_path / name).write_bytes(make_drop(title="The good version"))
    assert run(tmp_path)[0] == 0
    before = raw_tables("articles_importrun")
    shutil.copy(corpus / "bad-drops" / name, tmp_path / name)
    _, report, _ = run(tmp_path)
    if report["rejected"]:
        assert raw_tables("articles_importrun") == before


def test_a_file_dropped_twice_is_one_article_and_the_decision_between_stays(
    corpus, run
):
    first, second = (corpus / "bad-drops" / "s1" / name for name in ("first", "second"))
    assert run(first)[0] == 0
    article = Article.objects.get()
    withdraw(article)
    code, report, _ = run(second)
    assert (code, report["updated"]) == (0, 1)
    later = Article.objects.get()
    assert (
        later.pk == article.pk
        and later.title != article.title
        and "d040" in later.title + later.excerpt
    )
    assert (
        later.published is False
        and not Page.objects.visible().filter(article=later).exists()
    )
    publish(later)
    run(first)
    assert Article.objects.get().published is True
