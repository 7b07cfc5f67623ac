"""Files made to hurt: each is answered quickly, in words, and nothing of it is run."""

from __future__ import annotations

import time

import pytest

from articles.drops import tree
from articles.drops.drop import MOST_RELATED
from articles.drops.layout import MAX_BYTES
from articles.drops.masking import mask_secured
from articles.drops.reading import EntryCache, read_drop

from .test_parse import raw_drop

_BOMB = "a: &a [x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n"
    for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)
_MERGES = "a: &a {<<: {x: 1}}\n" + "".join(
    f"{new}: &{new} {{<<: [{', '.join([f'*{old}'] * 9)}]}}\n"
    for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)
_HOSTILE = {
    "deep lists": ("images: " + "[" * 25_000, "nested"),
    "deep maps": ("images: " + "{a: " * 25_000, "nested"),
    "deep blocks": ("images:\n" + "- " * 25_000, "nested"),
    "alias bomb": (_BOMB, "aliases"),
    "merge bomb": (_MERGES, "aliases"),
    "list in itself": ("x: &a [*a]", "stands in itself"),
    "unknown alias": ("x: *a", "not before it"),
    "python tag": ("x: !!python/object/apply:os.mkdir [made]", "tag"),
    "own tag": ("x: !mine y", "tag"),
    "a map as a key": ("? {a: b}\n: c", "key"),
    "many keys": ("".join(f"k{n}: 1\n" for n in range(50_000)), "keys"),
    "many topics": ("topics:\n" + "- a\n" * 400_000, "values"),
    "many entries": ("related:\n" + "  - title: x\n" * 2_001, "entries"),
    "keys twice": ("quality: 1\n" * 20_000, "twice"),
    "open quote": ('x: "' + "a\n" * 500_000, "broken YAML"),
    "NUL": ("x: a\x00b", "U+0000"),
    "second document": ("--- x", "second"),
    "tab": ("x:\n\t- y", "tab"),
    "escape": (r'x: "C:\qed"', "escape"),
    "no such character": (r'x: "\UFFFFFFFF"', "escape"),
    "directive": ("%YAML 1.1", "broken"),
    "huge number": ("quality: " + "9" * 1_000_000, "whole number"),
    "sixties": ("quality: 1" + ":59" * 100_000, "whole number"),
}


@pytest.mark.parametrize("name", _HOSTILE)
def test_hostile_files_are_rejected_in_words_and_soon(name):
    hostile, word = _HOSTILE[name]
    video = raw_drop("video", ("quality: 30\n", "")).decode()
    raw = video.replace("secured:", hostile.rstrip("\n") + "\nsecured:").encode()
    begun = time.process_time()
    reading = read_drop(raw, entries=EntryCache())
    assert time.process_time() - begun < 5
    assert reading.drop is None
    assert any(word in problem.message for problem in reading.problems)


def test_a_regular_file_is_not_larger_than_any_other_may_be():
    raw = raw_drop("related_twice", ("Three days", "x" * MAX_BYTES))
    reading = read_drop(raw, entries=EntryCache())
    assert reading == read_drop(raw)
    assert reading.drop is None


def test_a_question_mark_inside_brackets_is_read_as_pyyaml_reads_it():
    raw = raw_drop("laid_out_otherwise", ("provider: {", "provide?: {"))
    assert read_drop(raw).drop is None


def test_half_a_character_is_refused_by_both_scanners():
    for blank in (" ", "\t"):
        raw = raw_drop("video", ("Two minutes", rf"\ud800{blank}"))
        assert read_drop(raw).drop is None


def test_a_nul_given_by_an_escape_does_not_reach_the_database():
    reading = read_drop(raw_drop("video", ("Two minutes", r"a\0b")))
    assert reading.drop.excerpt == "ab of water."
    assert [p.field for p in reading.problems] == ["excerpt"]


def test_many_unknown_keys_cost_little():
    keys = "".join(f"\n    odd{number}: 1" for number in range(20))
    entries = "".join(
        f"  - title: x{keys.replace('odd', f'k{n}x')}\n" for n in range(MOST_RELATED)
    )
    raw = raw_drop("video", ("secured:", f"related:\n{entries}secured:"))
    begun = time.process_time()
    assert len(read_drop(raw, entries=EntryCache()).problems) == 21
    assert time.process_time() - begun < 8


def test_both_of_pyyamls_scanners_give_the_same_answer(monkeypatch):
    raws = [raw_drop(name) for name in ("related_twice", "laid_out_otherwise")]
    with_libyaml = [read_drop(raw) for raw in raws]
    monkeypatch.setattr(tree, "_LOADER", tree.yaml.SafeLoader)
    assert [read_drop(raw) for raw in raws] == with_libyaml
    escape = raw_drop("video", ("news", r'"\UFFFFFFFF"'))
    assert read_drop(escape).drop is None


@pytest.mark.parametrize(
    ("raw", "line", "word"),
    [
        (b"", None, "empty"),
        (b"\xff\xfe-\x00-\x00-\x00", None, "UTF-16"),
        (b"x" * (MAX_BYTES + 1), None, "large"),
        (b"---\ntitle: \x93x\n---\n", 2, "UTF-8"),
        (b"Some words.\n", 1, "front matter"),
        (b"\n---\ntitle: x\n---\n", 1, "front matter"),
        (b"---\ntitle: x\n", 1, "never closed"),
        (b"---", 1, "never closed"),
        (b"---\n---\n", None, "empty"),
        (b"---\n- x\n---\n", 2, "lines"),
        (b"---\nwords\n---\n", 2, "lines"),
        (b"---\na: b\n\xef\xbb\xbfc: d\n---\n", 3, "U+FEFF"),
        (b"---\na: 'x\n---\ny'\n---\n", 2, "not closed"),
    ],
)
def test_a_file_without_front_matter_is_rejected_with_its_line(raw, line, word):
    reading = read_drop(raw)
    assert reading.drop is None
    problem = next(p for p in reading.problems if p.severity == "error")
    assert word in problem.message
    if line is not None and word != "not closed":
        assert problem.line == line


@pytest.mark.parametrize(
    "secured",
    [
        "SECRET: SECRET: SECRET",
        '"SECRET',
        r'"SECRET\q"',
        "!SECRET x",
        "*SECRET",
        "&SECRET x\ntitle2: *SECRET",
        "{SECRET: 1, SECRET: 2}",
        "[SECRET, {SECRET: [[[[[[[[[[[[[[[[[[SECRET",
        "SECRET\nSECRET: 1\nSECRET: 2",
        "\t'SECRET",
        "x\n? {SECRET: 1}\n: y",
    ],
)
def test_no_message_repeats_what_is_secured(secured):
    raw = raw_drop("video", ('"TUVSTUFJRCtTQUlMUytBVCtEQVdO;c2FsdA=="', secured))
    reading = read_drop(raw)
    told = " ".join(
        p.message + ("" if "\nSECRET:" in secured else p.field)
        for p in reading.problems
    )
    assert "SECRET" not in told
    if reading.drop is None:
        assert mask_secured(raw) is None


@pytest.mark.parametrize(
    "value",
    [
        '"SECRET;x"',
        "SECRET",
        "|\n  SECRET\n  x",
        "[SECRET, b]",
        "&a SECRET",
        "\n  k: SECRET",
    ],
)
def test_the_value_of_secured_is_masked_wherever_a_drop_is_shown(value):
    old = '"TUVSTUFJRCtTQUlMUytBVCtEQVdO;c2FsdA=="'
    raw = raw_drop("video", (old, value + "\nlast: line"))
    shown = mask_secured(raw)
    assert "SECRET" not in shown
    assert "secured:" in shown
    assert shown.startswith("---\ncategory: news\n")
    assert shown.endswith("\nlast: line\n---\n")


def test_secured_can_be_shown_under_no_other_name():
    old = 'secured: "TUVSTUFJRCtTQUlMUytBVCtEQVdO;c2FsdA=="'
    raw = raw_drop("video", (old, "secured: &s SECRET\nother: *s"))
    assert read_drop(raw).drop is None
    assert mask_secured(raw) is None


def test_what_does_not_parse_is_not_shown_at_all():
    assert mask_secured(b"---\nsecured: 'x\n---\n") is None
    assert mask_secured(b"secured: x") is None
