"""Every drop comes back byte for byte; decisions change the flag and nothing else."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from django.core.management import call_command

from articles.ingest.export import export
from articles.ingest.finding.sources import find_sources
from articles.ingest.run import Options, run_import
from articles.models import Article, Decision, Page
from articles.publishing.decisions import record
from articles.settle import settle
from articles.tests.make import NOW, import_drops, make_drop

from .worlds import world

pytestmark = pytest.mark.django_db

HEAD = "---\ntitle: A title\nwebUrl: https://press.example/1\npublishedDateTime: 2024-03-01T12:00:00Z\nprovider: {name: P, domain: p.example}\n"
LAYOUTS = {
    "usual": HEAD + "published: {}\nquality: 5\n---\n",
    "last": HEAD + "published: {}\n---\n",
    "quoted key": HEAD + '"published": {}\n---\n',
    "single-quoted key": HEAD + "'published' : {}\n---\n",
    "comment behind": HEAD + "published: {} # upstream's word\nquality: 5\n---\n",
    "many blanks": HEAD + "published:      {}   \nquality: 5\n---\n",
    "on the next line": HEAD + "published:\n  {}\nquality: 5\n---\n",
    "text below": HEAD + "published: {}\n---\npublished: maybe\n",
    "in a text too": HEAD + "excerpt: 'published: false'\npublished: {}\n---\n",
    "in a block text too": HEAD
    + "excerpt: |\n  published: false\n  more\npublished: {}\n---\n",
    "nested too": HEAD + "published: {}\nextra: {published: false}\n---\n",
    "nested before": HEAD + "extra:\n  published: false\npublished: {}\n---\n",
    "letters outside ASCII": HEAD + "excerpt: Bjørn — 世界 🎉\npublished: {}\n---\n",
    "flow map": "---\n{title: A title, webUrl: 'https://press.example/1', publishedDateTime: 2024-03-01T12:00:00Z, provider: {name: P, domain: p.example}, published: {} }\n---\n",
    "anchor": HEAD + "published: &flag {}\n---\n",
    "end of file": HEAD + "published: {}\n---",
}
MISSING = {
    "missing": HEAD + "---\n",
    "missing, empty": HEAD + "published:\n---\n",
    "missing, null": HEAD + "published: null\nquality: 3\n---\n",
    "missing in a flow map": "---\n{title: A title, webUrl: 'https://press.example/1', publishedDateTime: 2024-03-01T12:00:00Z, provider: {name: P, domain: p.example}}\n---\n",
}
ENCODINGS = {
    "": lambda text: text.encode(),
    "Windows ends": lambda text: text.replace("\n", "\r\n").encode(),
    "old Mac ends": lambda text: text.replace("\n", "\r").encode(),
    "a mark at the start": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "both": lambda text: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(),
}
WORDS = {
    "false": "true",
    "no": "true",
    "Off": "true",
    "true": "false",
    "YES": "false",
    "on": "false",
}


def decide(kind: str, names: list[str]) -> None:
    articles = Article.objects.filter(source_name__in=names).select_related("page")
    assert len(articles) == len(names)
    record(Decision.Kind(kind), articles, at=NOW)
    settle(now=NOW)


def exported(folder: Path, **given) -> dict[str, bytes]:
    export(folder, **given)
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


def test_the_seeds_come_back_byte_for_byte(seeded, seeds, tmp_path):
    call_command("export_seeds", str(tmp_path))
    assert files_of(tmp_path) == {
        name: raw
        for name, raw in files_of(seeds).items()
        if name.endswith((".txt", ".md"))
    }


def test_accepted_bad_drops_come_back_byte_for_byte(bad_drops, tmp_path):
    report = run_import(list(find_sources(bad_drops)), Options(), now=NOW)
    back, given = exported(tmp_path), files_of(bad_drops)
    assert len(back) == report.created > 15
    assert back == {name: given[name] for name in back}


@pytest.mark.nightly
def test_the_corpus_comes_back_byte_for_byte(corpus_drops, tmp_path):
    run_import(list(find_sources(corpus_drops)), Options(), now=NOW)
    export(tmp_path)
    for file in corpus_drops.iterdir():
        assert (tmp_path / file.name).read_bytes() == file.read_bytes()


def test_the_last_version_is_what_comes_back_and_undecided_drops_are_untouched(
    db, tmp_path
):
    versions = [
        make_drop(webUrl=f"https://press.example/{n}", published=False) for n in (1, 2)
    ]
    for raw in versions:
        import_drops({"desk/a b.TXT": raw})
    assert exported(tmp_path / "1") == {"desk/a b.TXT": versions[1]}
    assert exported(tmp_path / "2", apply_decisions=True) == {
        "desk/a b.TXT": versions[1]
    }


def test_a_file_that_got_another_ending_comes_back_under_that(db, tmp_path):
    raw = make_drop()
    import_drops({"a.txt": raw})
    report = import_drops({"a.MD": raw})
    assert (report.created, report.updated, report.unchanged) == (0, 1, 0)
    assert exported(tmp_path) == {"a.MD": raw}
    assert import_drops({"a.MD": raw}).unchanged == 1


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_decision_changes_the_value_of_the_flag_alone(db, tmp_path, encoding):
    """In every layout and for every word of the flag, all in one site."""
    cases = {
        f"{number}.txt": (
            layout.replace("press.example/1", f"x.example/{number}"),
            word,
        )
        for number, (layout, word) in enumerate(product(LAYOUTS.values(), WORDS))
    }
    written = ENCODINGS[encoding]
    report = import_drops(
        {
            name: written(text.replace("{}", word))
            for name, (text, word) in cases.items()
        }
    )
    assert not report.rejected, [str(one) for one in report.problems]
    for kind, wanted in (("publish", "true"), ("withdraw", "false")):
        decide(
            kind, [n[:-4] for n, (_, word) in cases.items() if WORDS[word] == wanted]
        )
    assert exported(tmp_path, apply_decisions=True) == {
        name: written(text.replace("{}", WORDS[word]))
        for name, (text, word) in cases.items()
    }


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("layout", MISSING)
def test_a_missing_flag_is_added_and_every_other_byte_stays(
    db, tmp_path, layout, encoding
):
    raw = ENCODINGS[encoding](MISSING[layout])
    import_drops({"a.txt": raw})
    decide("publish", ["a"])
    back = exported(tmp_path, apply_decisions=True)["a.txt"]
    added = [b"published: true" + end for end in (b"\r\n", b"\n", b"\r")] + [
        b", published: true",
        b" true",
    ]
    assert raw in [back.replace(words, b"", 1) for words in added] + [
        back.replace(b"true", b"null", 1)
    ]


def test_importing_what_was_exported_gives_the_decided_listing(db, tmp_path):
    drops = {
        f"{n}.txt": make_drop(webUrl=f"https://press.example/{n}", published=n % 2 == 0)
        for n in range(6)
    }
    with world():
        import_drops(drops)
        record(
            Decision.Kind.PUBLISH,
            Article.objects.filter(source_name__in=["1", "2"]).select_related("page"),
            at=NOW,
        )
        record(
            Decision.Kind.WITHDRAW,
            Article.objects.filter(source_name__in=["0", "3"]).select_related("page"),
            at=NOW,
        )
        settle(now=NOW)
        wanted = set(Page.objects.listed().values_list("canonical_url", flat=True))
        export(tmp_path, apply_decisions=True)
    run_import(list(find_sources(tmp_path)), Options(), now=NOW)
    assert set(Page.objects.listed().values_list("canonical_url", flat=True)) == wanted
    assert len(wanted) == 3
