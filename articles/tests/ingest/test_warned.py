"""What is strange about a drop is said by the command, and nothing that is secret."""

from __future__ import annotations

import json

import pytest

from articles.models import Article, ImportRun, RelatedLink
from articles.tests.make import make_drop, related_entry

WORD = "Sesame"
MARK = "\u00ef\u00bb\u00bf"
DROPS = {
    "secured": make_drop(secured=[WORD]),
    "webUrl": make_drop(webUrl=f"https://olga:{WORD}@press.example/1"),
    "publishedDateTime": make_drop(publishedDateTime="2199-01-01T00:00:00Z"),
}


@pytest.mark.parametrize("field", DROPS)
def test_it_is_one_warning_that_names_file_place_and_field(
    import_seeds, tmp_path, field
):
    (tmp_path / "a.txt").write_bytes(DROPS[field])
    for words in (["--dry-run"], ["-v", "2"]):
        answer = import_seeds(tmp_path, *words, "--json")
        assert answer.code == 0
        [problem] = json.loads(answer.out)["problems"]
        assert (problem["field"], problem["severity"]) == (field, "warning")
        assert f"{tmp_path}/a.txt:{problem['line']}:" in answer.err
        assert WORD not in answer.out + answer.err
    assert WORD not in repr(list(ImportRun.objects.values()))
    assert WORD not in repr(list(Article.objects.values("title", "url")))


def test_a_mangled_byte_order_mark_is_no_part_of_a_headline(import_seeds, tmp_path):
    entry = related_entry("https://a.example/", title=f"{MARK} Listed")
    raw = make_drop(title=f"{MARK} A he\ufeffadline", related=[entry])
    (tmp_path / "a.txt").write_bytes(raw)
    assert import_seeds(tmp_path).code == 0
    assert Article.objects.get().title == "A headline"
    assert RelatedLink.objects.get().title == "Listed"
    (tmp_path / "a.txt").write_bytes(make_drop(title=MARK))
    answer = import_seeds(tmp_path)
    assert answer.code == 1 and "title: " in answer.err


def test_a_list_that_is_too_long_stores_nothing(import_seeds, tmp_path):
    entries = [related_entry(f"https://a.example/{n}") for n in range(2000)]
    (tmp_path / "a.txt").write_bytes(make_drop(related=entries))
    answer = import_seeds(tmp_path)
    [line] = [line for line in answer.err.splitlines() if "a.txt" in line]
    assert answer.code == 1 and ": related: has 2,000 entries" in line
    assert not Article.objects.exists() and not RelatedLink.objects.exists()
